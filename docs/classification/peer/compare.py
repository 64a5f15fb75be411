"""Times an epoch of training of ours beside PyG's, in turn, and writes a table.

Run it from the repository's root, with a Python that has torch and
torch_geometric:

    python docs/classification/peer/compare.py --data DIR --out docs/classification/peer/results

Each measurement is a process of its own. A ratio is ours / PyG's within a
round, below 1 where ours is less; of the rounds the middle one counts.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile

p = argparse.ArgumentParser()
p.add_argument("--data", required=True, help="folder with tu/NAME.zip")
p.add_argument("--out", required=True, help="where to write, as .md and .json")
p.add_argument("--dataset", default="PROTEINS")
p.add_argument("--models", default="TopK,MinCut")
p.add_argument("--batches", default="32,128")
p.add_argument("--threads", default="1,2")
p.add_argument("--rounds", type=int, default=3)
p.add_argument("--epochs", type=int, default=10)
o = p.parse_args()
here = pathlib.Path(__file__).parent
ways = {"DataLoader": [], "collated": ["--collated"]}


def run(command, threads):
    env = dict(os.environ, GOMAXPROCS=str(threads), PYTHONWARNINGS="ignore")
    return json.loads(subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()[-1])


def ours(binary, model, batch, threads):
    command = [binary, "--data", o.data, "--datasets", o.dataset, "--models", model, "--batch", str(batch), "--time", str(o.epochs)]
    return run(command + (["--batch-mode"] if model == "MinCut" else []), threads)


def peer(work, model, batch, threads, way):
    command = [sys.executable, here / "epoch.py", "--data", o.data, "--work", work, "--dataset", o.dataset, "--model", model]
    return run(command + ["--batch", str(batch), "--threads", str(threads), "--epochs", str(o.epochs)] + ways[way], threads)


def cell(rounds, way, key):
    ratios = [r["ours"][key] / r[way][key] for r in rounds]
    return f"**{statistics.median(ratios):.2f}** ({min(ratios):.2f}–{max(ratios):.2f})"


def table(found):
    yield "| Model | Batch | Threads | Ours, s | CPU s | PyG, s | CPU s | Collated, s | CPU s | Wall, ratio | CPU, ratio | Wall, collated | CPU, collated | Memory, ratio | Padding |"
    yield "|" + "---|" * 15
    for f in found:
        r = f["rounds"]
        figures = [f"{statistics.median(x[side][key] for x in r):.3f}" for side in ("ours", *ways) for key in ("seconds", "cpu")]
        ratios = [cell(r, way, key) for way in ways for key in ("seconds", "cpu")] + [cell(r, "DataLoader", "peak_bytes")]
        padding = f"{100 * r[0]['ours']['padding']:.1f} %"
        yield "| " + " | ".join([f["model"], str(f["batch"]), str(f["threads"]), *figures, *ratios, padding]) + " |"


def write(found, about):
    text = ["# An epoch of training beside PyG", "", "<!-- Written by docs/classification/peer/compare.py. -->", ""]
    text += [f"{o.dataset}, {about}.", "Median of the rounds; a ratio is ours / PyG's, in brackets the least and the greatest. PyG's epoch has its DataLoader, or batches collated before the clock starts.", ""]
    text += table(found)
    pathlib.Path(o.out + ".md").write_text("\n".join(text) + "\n")
    pathlib.Path(o.out + ".json").write_text(json.dumps({"about": about, "found": found}, indent=1) + "\n")


def about():
    import torch
    import torch_geometric

    def said(*command):
        return subprocess.run(command, stdout=subprocess.PIPE, text=True).stdout.strip()

    load = ", load %.1f at the start" % os.getloadavg()[0] if hasattr(os, "getloadavg") else ""
    return (f"{platform.machine()}, {os.cpu_count()} cores{load}, {said('go', 'env', 'GOVERSION')}, torch {torch.__version__}, "
            f"PyG {torch_geometric.__version__}, commit {said('git', 'rev-parse', '--short', 'HEAD')}, {datetime.date.today()}, "
            f"{o.rounds} rounds of {o.epochs} epochs")


def main():
    note, found = about(), []
    with tempfile.TemporaryDirectory() as work:
        binary = os.path.join(work, "classification")
        subprocess.run(["go", "build", "-o", binary, "./docs/classification"], check=True)
        for model in o.models.split(","):
            for batch in map(int, o.batches.split(",")):
                for threads in map(int, o.threads.split(",")):
                    rounds = []
                    for _ in range(o.rounds):
                        r = {"ours": ours(binary, model, batch, threads)}
                        r.update({way: peer(work, model, batch, threads, way) for way in ways})
                        rounds.append(r)
                    found.append({"model": model, "batch": batch, "threads": threads, "rounds": rounds})
                    write(found, note)
                    print(*list(table(found))[-1:], flush=True)


main()
