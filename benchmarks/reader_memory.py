"""Memory of the reader with the places of one county and of the whole nation, each in a child.

Aims: one county at most 150 MiB, the whole nation at most 1 GiB (peak resident set of the child).
"""

import resource
import subprocess
import sys

TEXT = "2024年3月，山西省永济市财政局投资80万元，为张营镇张营村、高市村修建文化广场。" * 20
AIMS = {"county": 150, "nation": 1024}


def measure(what: str) -> None:
    """In the child: read with the resolver asked for and print the peak in MiB."""
    from laoqu_engines.reader import read
    from laoqu_engines.values.nation import NationResolver
    from laoqu_engines.values.places import Resolver

    resolver = Resolver.for_county("140881") if what == "county" else NationResolver()
    facts = read(TEXT, resolver=resolver).facts
    coded = sum(place.code is not None for fact in facts for place in fact.places)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{what}: {len(facts)} facts, {coded} places with a code, peak {peak} MiB")


def main() -> None:
    for what, aim in AIMS.items():
        done = subprocess.run(
            [sys.executable, __file__, what], capture_output=True, text=True, check=True
        )
        print(f"{done.stdout.strip()} (aim: at most {aim})")


if __name__ == "__main__":
    measure(sys.argv[1]) if len(sys.argv) > 1 else main()
