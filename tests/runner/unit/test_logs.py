"""What is left of a fault when the folder that recorded it goes."""

from suar_operator.folder import DataFolder
from suar_runner.logs import lines_about


def test_only_the_last_lines_of_the_request_are_given_with_the_name_of_their_log(tmp_path):
    folder = DataFolder(tmp_path)
    folder.logs.mkdir(parents=True)
    (folder.logs / "appraisal-api.log").write_text("".join(f'{{"request_id": "abc", "n": {n}}}\n' for n in range(9)))
    (folder.logs / "training-api.log").write_text('{"request_id": "other"}\n')
    found = lines_about(folder, "abc", most=2)
    assert found == [f'appraisal-api: {{"request_id": "abc", "n": {n}}}' for n in (7, 8)]
    assert lines_about(folder, "") == []
