#!/bin/sh
# Runs the router of this guest on the console it is started on, with the arguments in xenomips="..." of the kernel's command line.
# Exit status: 0 the guest is to be powered off, 3 it is to be restarted, 1 it is to stay as it is (nothing to run, or not to be run again).

cmdline=${XENOMIPS_CMDLINE:-/proc/cmdline}
mounts=${XENOMIPS_MOUNTS:-/proc/mounts}
work=${XENOMIPS_WORK:-/xenomips}
defaults=${XENOMIPS_DEFAULTS:-/etc/default/xenomips}
program=${XENOMIPS_PROGRAM:-/usr/bin/xenomips}

# Words of the command line are never file name patterns.
set -f

# shellcheck source=/dev/null
[ ! -r "$defaults" ] || . "$defaults"
# What happens when the router ends in order (0), and when it fails: poweroff, reboot, restart (the router again) or stay.
: "${on_end=poweroff}"
: "${on_failure=restart}"
# A router that fails this many times in a row, each time within the seconds below, is not started again.
: "${max_failures=3}"
: "${failure_seconds=60}"
# The key that enters the emulator's monitor. Ctrl-] is what leaves Xen's console, Ctrl-^ is Cisco's own escape.
: "${console_escape=^_}"
# What the JVM is told on a processor that is itself emulated: its compilers then cost more than their better code brings back.
: "${slow_java_options=-XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=5}"

say() { printf '%s\r\n' "xenomips: $*"; }

refuse() {
    say ""
    say "THE ROUTER IS NOT STARTED: $*"
    say "The kernel's command line of this guest must hold: xenomips=\"IMAGE [OPTION]...\""
    exit 1
}

# read_arguments: leaves the text between the quotes in arguments. The line is read as the kernel reads it: a space within quotes does not
# end a parameter, and a quoted group of another parameter is none of ours.
read_arguments() {
    line=
    [ ! -r "$cmdline" ] || line=$(cat "$cmdline")
    found=
    rest=" $line"
    plain=
    while :; do
        case $rest in
        *\"*) ;;
        *) break ;;
        esac
        before=${rest%%\"*}
        rest=${rest#*\"}
        case $rest in
        *\"*) group=${rest%%\"*} ;;
        *)
            case $before in
            *[[:space:]]xenomips=) refuse "the closing quote of xenomips=\"... is missing; the line was cut (PV guests: 1023 bytes): ...$group$rest" ;;
            *) refuse "a quote on the kernel's command line is not closed: ...$rest" ;;
            esac
            ;;
        esac
        rest=${rest#*\"}
        case $before in
        *[[:space:]]xenomips=)
            [ -z "$found" ] || refuse "xenomips=\"...\" is there more than once"
            found=yes
            arguments=$group
            case $rest in
            '' | [[:space:]]*) ;;
            *) refuse "there must be a space after the closing quote of xenomips=\"...\": ...\"$rest" ;;
            esac
            ;;
        esac
        plain="$plain$before"
    done
    plain="$plain$rest"
    case $plain in
    *[[:space:]]xenomips=*)
        [ -n "$found" ] || refuse "the value of xenomips= must stand in double quotes"
        ;;
    esac
    [ -n "$found" ] || refuse "the parameter xenomips=\"...\" is missing"
    case $arguments in
    *[![:space:]]*) ;;
    *) refuse "xenomips=\"\" is empty" ;;
    esac
}

# check_work: the router writes into its working directory, so that must be the work disk and not the shared root.
check_work() {
    while read -r _ where _ options _; do
        [ "$where" = "$work" ] || continue
        case ,$options, in
        *,ro,*) refuse "the work disk on $work is read-only" ;;
        esac
        cd "$work" && return
    done <"$mounts"
    refuse "the work disk (label: work) is not mounted on $work"
}

# after STATUS SECONDS: what the policy says about a router that ended.
after() {
    if [ "$1" = 0 ]; then
        failures=0
        action=$on_end
    else
        failures=$((failures + 1))
        [ "$2" -lt "$failure_seconds" ] || failures=1
        action=$on_failure
        if [ "$action" = restart ] && [ "$failures" -ge "$max_failures" ]; then
            say "the router failed $failures times in a row; it is not started again"
            action=stay
        fi
    fi
}

# Seconds since the boot: the time of day may jump.
seconds() {
    read -r uptime _ </proc/uptime
    echo "${uptime%.*}"
}

hundredths() {
    read -r uptime _ </proc/uptime
    echo $((${uptime%.*} * 100 + 1${uptime#*.} - 100))
}

# slow_machine: counting this far takes a hundredth of a second, or a fifth and more where the processor is emulated.
slow_machine() {
    before=$(hundredths)
    i=0
    while [ "$i" -lt 10000 ]; do
        i=$((i + 1))
    done
    [ $(($(hundredths) - before)) -gt 8 ]
}

read_arguments
check_work
if [ -z "${XENOMIPS_JAVA_OPTIONS+set}" ] && slow_machine; then
    XENOMIPS_JAVA_OPTIONS=$slow_java_options
fi
[ -z "${XENOMIPS_JAVA_OPTIONS:-}" ] || export XENOMIPS_JAVA_OPTIONS
# Where unpacked images are kept; the root's home directory cannot be written.
export XDG_CACHE_HOME="$work/cache"
# shellcheck disable=SC2086 # words
set -- $arguments
case " $* " in
*" --console-escape"* | *" --noctrl "*) ;;
*) set -- --console-escape "$console_escape" "$@" ;;
esac

failures=0
while :; do
    started=$(seconds)
    "$program" "$@"
    status=$?
    ended=$(seconds)
    say ""
    say "the router has ended with status $status"
    after "$status" $((ended - started))
    case $action in
    poweroff) exit 0 ;;
    reboot) exit 3 ;;
    restart)
        say "it is started again"
        sleep "${restart_pause-1}"
        ;;
    stay) exit 1 ;;
    *)
        say "on_end and on_failure may be poweroff, reboot, restart or stay, not '$action'"
        exit 1
        ;;
    esac
done
