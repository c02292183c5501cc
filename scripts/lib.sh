# shellcheck shell=bash
# What the scripts share: where things are, how they speak, one lock. Sourced, never run.
#
# Exit codes of the scripts themselves: 2 wrong use, 4 a dependency is missing, 70 the build failed.
# scripts/run and scripts/mesolith otherwise end with the exit code of mesolith.

root="$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")"
# shellcheck disable=SC2034  # used by the scripts that source this file
logs="$root/.build/logs"
mkdir -p "$root/.build/logs"

# Standard output belongs to mesolith (`--json`, `describe`), so the scripts speak on standard error.
say() { printf '%s\n' "$*" >&2; }

# die CODE SENTENCE: the one way in which a script gives up.
die() {
    local code="$1"
    shift
    say "scripts/$(basename "$0"): $*"
    exit "$code"
}

# The help of a script is the comment at its head.
print_use() { sed -n '2,${/^#/!q; s/^# \{0,1\}//p}' "$0"; }

# Wait until no other script of this tree installs or builds. The lock ends with the script that took it; a command
# that may leave something running behind it must be started with 9>&-.
take_lock() {
    exec 9>"$root/.build/scripts.lock"
    if ! flock --nonblock 9; then
        say "waiting for another build of this tree to end ..."
        flock 9
    fi
}

# The flags of `swift build` for this processor, a line each: its vectors of four numbers and its fused multiply-add where it
# has them (x86-64-v3, since 2013). A plain `swift build -c release` stays portable.
processor_flags() {
    local found flag
    found=" $(grep --max-count=1 '^flags' /proc/cpuinfo 2>/dev/null || true) "
    for flag in avx avx2 bmi1 bmi2 f16c fma abm movbe; do
        if [[ "$found" != *" $flag "* ]]; then return; fi
    done
    printf '%s\n' -Xcc -march=x86-64-v3
}

# build_workload: builds the program that the benchmarks measure from outside, with $flags; sets `products`, the folder it is in.
build_workload() {
    local build=(swift build --package-path "$root/Benchmarks" --configuration release "${flags[@]}")
    take_lock
    # SwiftPM's plan goes stale where files were added or removed.
    rm -f "$root/Benchmarks/.build/release.yaml"
    "${build[@]}" --product workload </dev/null >"$logs/bench-build.log" 2>&1 9>&- ||
        die 70 "the build of the benchmarks failed; see $logs/bench-build.log"
    # shellcheck disable=SC2034  # used by the scripts that source this file
    products="$("${build[@]}" --show-bin-path)"
}

# What the binary is built from.
# shellcheck disable=SC2034  # used by the scripts that source this file
build_inputs=(Sources Plugins Package.swift)
