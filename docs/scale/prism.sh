#!/usr/bin/env bash
# Trains on a store by Apache Beam's runner Prism as a server of its own, with a
# pool of workers in another process, which is killed three times in the middle
# of an epoch; then compares losses and clusters with those of a training by one
# process. All of it is on this machine, and what is started is stopped.
#
#   docs/scale/prism.sh [NODES [EPOCHS]]      default 100000 20
#
# It needs Go, and fetches Beam's modules through the module proxy. BIN names a
# folder that has the binaries already: trainclustering, trainclustering-beam,
# prism.
set -euo pipefail
cd "$(dirname "$0")/../.."
nodes=${1:-100000} epochs=${2:-20}
jobs=18073 pool=18075
work=$(mktemp -d)
bin=${BIN:-$work/bin}
started=()

stop() {
	if [ ${#started[@]} -gt 0 ]; then
		kill "${started[@]}" 2>/dev/null || true
	fi
	for file in "$work"/*.pid; do
		kill "$(cat "$file")" 2>/dev/null || true
	done
	rm -rf "$work"
}
trap stop EXIT

say() { printf '%s  %s\n' "$(date +%H:%M:%S)" "$*"; }

if [ -z "${BIN:-}" ]; then
	say 'building'
	go build -o "$bin/trainclustering" ./cmd/trainclustering
	go -C cmd/trainclustering/beam build -o "$bin/trainclustering-beam" .
	go -C cmd/trainclustering/beam build -o "$bin/prism" github.com/apache/beam/sdks/v2/go/cmd/prism
fi

# keep NAME COMMAND...: starts a command again whenever it ends, as a supervisor
# would; Prism too, which ends where a job finds no pool.
keep() {
	local name=$1
	shift
	while true; do
		"$@" &
		echo $! >"$work/$name.pid"
		wait $! || true
		sleep 0.2
	done
}

"$bin/trainclustering" generate sbm --nodes "$nodes" --clusters 16 --out "$work/store/"
mkdir "$work/shared"
keep prism "$bin/prism" --job_port=$jobs --serve_http=false --log_kind=text --log_level=error &>"$work/prism.log" &
started+=($!)
keep pool "$bin/trainclustering-beam" --worker-pool $pool &>"$work/pool.log" &
started+=($!)
sleep 2

train=(--data "$work/store" --method dmon --k 16 --epochs "$epochs" --seed 1)
beam=(--partitions 8 --dir "$work/shared" --retries 5 --pass-timeout 10)
remote=(-- --runner=prism --endpoint=localhost:$jobs --environment_type=EXTERNAL
	--environment_config=localhost:$pool --worker_binary=/dev/null)

say 'by one process'
"$bin/trainclustering" train "${train[@]}" --quiet --out "$work/streamed"
say 'by Prism in the process of the driver'
"$bin/trainclustering-beam" "${train[@]}" --partitions 8 --quiet --out "$work/inside"
say 'by Prism as a server, and the pool of workers'
"$bin/trainclustering-beam" "${train[@]}" "${beam[@]}" --quiet --out "$work/served" "${remote[@]}"

say 'the same, and the pool is killed three times'
touch "$work/log"
"$bin/trainclustering-beam" "${train[@]}" "${beam[@]}" --out "$work/killed" "${remote[@]}" >"$work/summary" 2>"$work/log" &
driver=$!
kills=0 next=3
while kill -0 $driver 2>/dev/null; do
	sleep 0.01
	# Files of S for some of the 8 partitions, and not for all: a forward pass is
	# under way. From kill to kill two epochs are told at the least.
	files=("$work"/shared/*/shares-*)
	part=$((${#files[@]} % 8)) told=$(grep -c '^epoch' "$work/log" || true)
	if [ $kills -lt 3 ] && [ "$part" -gt 0 ] && [ "$told" -ge $next ]; then
		pid=$(cat "$work/pool.pid")
		kill -KILL "$pid"
		kills=$((kills + 1)) next=$((told + 2))
		say "killed the pool, process $pid, when S of $part of 8 partitions was written"
		sleep 2
	fi
done
if ! wait $driver; then
	tail -n 20 "$work"/{log,prism.log,pool.log}
	exit 1
fi
sed 's/^/    /' "$work/log"
say "$kills kills"
[ $kills -eq 3 ]

for name in inside served killed; do
	awk -F, -v name="$name" '
		FNR == 1 { file++ }
		/^[0-9]/ && file == 1 { want[$1] = $NF; n++ }
		/^[0-9]/ && file == 2 { d = $NF - want[$1]; if (d < 0) d = -d; if (d > most) most = d; m++ }
		END { printf "%s: %d of %d losses, at most %.1e from those of one process\n", name, m, n, most; exit !(n == m && most <= 1e-6) }
	' "$work/streamed/history.csv" "$work/$name/history.csv"
done
cmp <(grep -v '^#' "$work/inside/history.csv") <(grep -v '^#' "$work/served/history.csv")
cmp <(grep -v '^#' "$work/inside/history.csv") <(grep -v '^#' "$work/killed/history.csv")
cmp "$work/inside/assignments.csv" "$work/killed/assignments.csv"
say 'inside, served and killed have the same bits: losses and clusters'
