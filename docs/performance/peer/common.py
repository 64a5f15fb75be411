"""What the scripts here share: their options, the clock, and the result line.

A script prints one line of JSON. Options that every script has: --threads,
and --seconds, the time to spend on measuring one thing.
"""

import argparse
import json
import os
import resource
import statistics
import time


def options(parser=None):
    """Reads the command line, and sets the threads before torch is loaded."""
    parser = parser or argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=3)
    o = parser.parse_args()
    for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, str(o.threads))
    import torch

    torch.set_num_threads(o.threads)
    torch.manual_seed(0)
    return o


def measure(step, seconds, least=5, most=1000):
    """Runs step until the time is up: the median and the least, in ms."""
    for _ in range(2):
        step()
    times, end = [], time.perf_counter() + seconds
    while len(times) < least or len(times) < most and time.perf_counter() < end:
        begin = time.perf_counter()
        step()
        times.append(1e3 * (time.perf_counter() - begin))
    return {"median_ms": statistics.median(times), "min_ms": min(times), "repetitions": len(times)}


def best(ways, seconds):
    """Measures each way to compute one thing; the fastest by its median."""
    done, failed = {}, {}
    for name, step in ways.items():
        try:
            done[name] = measure(step, seconds / len(ways))
        except Exception as e:  # a way that this version of torch does not have
            failed[name] = str(e).splitlines()[0] if str(e) else type(e).__name__
    if not done:
        raise SystemExit(f"no way to compute it: {failed}")
    name = min(done, key=lambda n: done[n]["median_ms"])
    return {"way": name, **done[name], "ways": {n: d["median_ms"] for n, d in done.items()}, "failed": failed}


def report(**fields):
    """Prints the result, with the versions and the peak of the memory."""
    import torch

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"torch": torch.__version__, "threads": torch.get_num_threads(), "peak_rss_bytes": peak, **fields}))
