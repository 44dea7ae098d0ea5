"""The backbone: outbox, relay, queue, inbox; against FastStream, Celery and a floor without a framework."""

from benchmarks.backbone.races import SUITE

__all__ = ["SUITE"]
