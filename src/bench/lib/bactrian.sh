# Bactrian as its users start it: the launcher, the two databases in the environment.

ours=

find_bactrian() {
    if [ ! -x "$BACTRIAN" ]; then
        echo "bench: NO LAUNCHER at $BACTRIAN: only the peers are measured" >&2
        return
    fi
    mkdir -p "$WORK/bactrian"
    [ -z "$HEAP" ] || export BACTRIAN_JAVA_OPTS="-Xmx$HEAP ${BACTRIAN_JAVA_OPTS-}"
    "$BACTRIAN" --help > /dev/null 2> "$WORK/build.log" || die "$BACTRIAN does not start (see $WORK/build.log)"
    ours=yes
}

# timed_bactrian MEASURE ROUND PROGRAM DATABASE COMMAND...
timed_bactrian() {
    local measure=$1 round=$2 program=$3 database=$4
    shift 4
    [ -n "$ours" ] || return 0
    timed "$measure" "$round" "$program" "$here/peers/bactrian" "$database" "$@"
}
