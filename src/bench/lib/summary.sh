# The table of a results file.

describe_machine() {
    echo "$(nproc) cores ($(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo)), $(date +%F), scale $SCALE, $RUNS rounds, heap ${HEAP:-default}"
    echo
}

# Markdown: every program's medians, then what is measured against what, as the median of the rounds' ratios.
summarise() {
    [ -s "$1" ] || { echo 'nothing was measured'; return; }
    awk -F '\t' '
    function median(text, values, n) {
        n = split(text, values, " "); sort(values, n)
        return n % 2 ? values[(n + 1) / 2] : (values[n / 2] + values[n / 2 + 1]) / 2
    }
    function sort(values, n, i, j, v) {
        for (i = 2; i <= n; i++) {
            v = values[i]
            for (j = i - 1; j > 0 && values[j] + 0 > v + 0; j--) values[j + 1] = values[j]
            values[j + 1] = v
        }
    }
    function compare(measure, peer, ours, wanted, round, all, n, values, middle) {
        for (round = 1; round <= rounds; round++)
            if (((measure, peer, round) in at) && ((measure, ours, round) in at))
                all = all " " at[measure, peer, round] / at[measure, ours, round]
        if (all == "") return
        n = split(all, values, " "); sort(values, n); middle = median(all)
        printf "| %s | %s against %s | %.2f x | %.2f-%.2f | %s |\n", measure, ours, peer, middle, values[1], values[n],
            wanted == "" ? "" : wanted " x: " (middle >= wanted ? "reached" : "MISSED")
    }
    function within(measure, program, wanted, middle) {
        if (!((measure, program) in seconds)) return
        middle = median(seconds[measure, program])
        printf "| %s | %s | %.2f s | | %.1f s: %s |\n", measure, program, middle, wanted, middle <= wanted ? "reached" : "MISSED"
    }
    function on_disk(program) {
        if (("backup", program) in size) printf "| backup | %s on disk | %.1f MB | | |\n", program, median(size["backup", program])
    }
    {
        key = $1 SUBSEP $3
        if (!(key in seconds)) order[++keys] = key
        seconds[key] = seconds[key] " " $4; at[$1, $3, $2] = $4
        if ($5 > memory[key]) memory[key] = $5
        source[key] = source[key] " " $6; target[key] = target[key] " " $7; own[key] = own[key] " " $8; others[key] = others[key] " " $9
        if ($10 != "") size[key] = size[key] " " $10
        if ($2 > rounds) rounds = $2
    }
    END {
        print "| measure | program | seconds | peak MB | CPU s: source | target | program | others |"
        print "|---|---|--:|--:|--:|--:|--:|--:|"
        for (i = 1; i <= keys; i++) {
            split(order[i], part, SUBSEP); key = order[i]
            printf "| %s | %s | %.2f | %d | %.1f | %.1f | %.1f | %.1f |\n", part[1], part[2], median(seconds[key]), memory[key],
                median(source[key]), median(target[key]), median(own[key]), median(others[key])
        }
        print ""
        print "| measure | what | median | range | wanted |"
        print "|---|---|--:|--:|---|"
        compare("copy", "mysqldump", "data", 2.2)
        compare("copy", "mydumper", "data", 1.2)
        compare("copy", "mydumper-rows", "data", 1.2)
        compare("copy", "pipe", "data")
        compare("copy", "mysqldump", "replicate")
        compare("copy", "mydumper", "replicate")
        compare("copy", "mydumper-rows", "replicate")
        compare("copy", "mysqldump", "pipe")
        compare("copy", "mydumper", "pipe")
        compare("copy", "mydumper-rows", "pipe")
        compare("copy", "mysqldump", "mydumper")
        compare("verify", "pt-table-sync", "verify", 2)
        compare("tables", "mysqldump", "replicate", 0.5)
        compare("backup", "mysqldump-zstd", "backup", 1.5)
        compare("backup", "mydumper-gzip", "backup", 2)
        compare("backup", "mydumper-gzip", "mysqldump-zstd")
        on_disk("mysqldump-zstd")
        on_disk("mydumper-gzip")
        on_disk("backup")
        compare("restore", "zstdcat-mysql", "restore", 1.6)
        compare("restore", "myloader", "restore", 1)
        compare("restore", "zstdcat-mysql", "myloader")
        compare("sync", "pt-table-sync", "sync", 5)
        compare("sync", "replication", "sync", 0.33)
        compare("sync", "replication", "one warm round", 0.33)
        compare("sync", "sync of few, 100 k rows", "sync of few, 1 M rows")
        within("sync", "one idle round", 0.3)
        within("startup", "tables", 2.5)
        within("startup", "analyze", 2.5)
    }' "$1"
}
