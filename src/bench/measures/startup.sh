# Commands that do almost nothing, on 10 small tables that are equal.

measure_startup() { rounds startup; }

round_startup() {
    timed_bactrian startup "$1" tables bench_few tables local
    timed_bactrian startup "$1" analyze bench_few analyze
}
