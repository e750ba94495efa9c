"""Elections of Pabulib are read whole, whatever the way of voting; the outcome is the published."""

from fractions import Fraction
from pathlib import Path

import pytest
from benchmarks.pabulib.elections import FileError, read_election
from benchmarks.pabulib.problems import one_worth, points_worth, problem_of

from laoqu_engines.allocation.equal_shares import share_out

PROJECTS = 'PROJECTS\nproject_id;cost;name\n1;100.5;Park\n2;60;"Old; well"\n3;50;Bench\n'


def file(folder: Path, vote_type: str, votes: str, budget: str = "150,25") -> Path:
    path = folder / "town.pb"
    meta = f"META\nkey;value\nbudget;{budget}\nvote_type;{vote_type}\n"
    path.write_text(meta + PROJECTS + "VOTES\n" + votes, encoding="utf-8-sig")
    return path


@pytest.mark.parametrize(
    ("vote_type", "votes", "ballots"),
    [
        ("approval", "voter_id;vote\na;1,3\nb;\n", [{"1": 1, "3": 1}, {}]),
        ("choose-1", "voter_id;age;vote\na;30;2\n", [{"2": 1}]),
        ("cumulative", "voter_id;vote;points\na;2,3;7,2.5\n", [{"2": 7, "3": Fraction(5, 2)}]),
        ("scoring", "voter_id;vote;points\na;1,2;0,5\n", [{"1": 0, "2": 5}]),
        ("ordinal", "voter_id;vote\na;3,1,2\n", [{"3": 2, "1": 1, "2": 0}]),
    ],
)
def test_every_way_of_voting_is_read(
    tmp_path: Path, vote_type: str, votes: str, ballots: list[dict[str, int | Fraction]]
) -> None:
    election = read_election(file(tmp_path, vote_type, votes))
    assert election.budget_fen == 15025
    assert election.costs == {"1": 10050, "2": 6000, "3": 5000}
    assert election.ballots == ballots


@pytest.mark.parametrize(
    ("vote_type", "votes", "budget", "words"),
    [
        ("quadratic", "voter_id;vote\na;1\n", "1", "不认识的投票方式“quadratic”"),
        ("approval", "voter_id;vote\na;1\n", "much", "金额“much”不是数"),
        ("approval", "voter_id;vote\na;9\n", "1", "清单上没有的项目“9”"),
        ("approval", "", "1", "没有“VOTES”一节"),
        ("scoring", "voter_id;vote;points\na;1,2;3\n", "1", "与分数的个数不同"),
        ("scoring", "voter_id;vote;points\na;1;many\n", "1", "分数“many”不是数"),
    ],
)
def test_a_faulty_file_is_named(
    tmp_path: Path, vote_type: str, votes: str, budget: str, words: str
) -> None:
    with pytest.raises(FileError, match=words):
        read_election(file(tmp_path, vote_type, votes, budget))


def test_an_empty_ballot_keeps_its_share_of_the_money(tmp_path: Path) -> None:
    votes = "voter_id;vote\na;3\nb;\nc;\n"
    election = read_election(file(tmp_path, "approval", votes, "100"))
    assert share_out(problem_of(election, one_worth), rest=False).amounts == {}
    alone = read_election(file(tmp_path, "approval", "voter_id;vote\na;3\n", "100"))
    assert share_out(problem_of(alone, one_worth), rest=False).amounts == {"3": 5000}


def test_points_decide_what_is_bought_first(tmp_path: Path) -> None:
    votes = "voter_id;vote;points\na;2,3;1,9\n"
    election = read_election(file(tmp_path, "cumulative", votes, "60"))
    assert share_out(problem_of(election, points_worth), rest=False).amounts == {"3": 5000}
