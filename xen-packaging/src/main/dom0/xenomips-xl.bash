# bash completion for xenomips-xl
_xenomips_xl() {
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    local commands="create start shutdown destroy console list config save restore migrate bridges check"
    local conf=/etc/xen/xenomips.conf command="" i
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        -c | --config-file) conf=${COMP_WORDS[++i]} ;;
        -s | --ssh) ((i++)) ;;
        -*) ;;
        *) command=${command:-${COMP_WORDS[i]}} ;;
        esac
    done
    COMPREPLY=()
    case $previous in
    -c | --config-file)
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
        return ;;
    -s | --ssh)
        mapfile -t COMPREPLY < <(compgen -c -- "$word")
        return ;;
    esac
    case $word in
    -*)
        local options="-c --config-file -n --dry-run -h --help -V --version"
        case $command in
        create | start) options+=" --make-bridges --discard-saved" ;;
        shutdown) options+=" -w --wait" ;;
        config) options+=" --xm" ;;
        bridges) options+=" --remove" ;;
        migrate) options+=" -s --ssh" ;;
        esac
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word") ;;
    *)
        if [[ -z $command ]]; then
            mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$word")
        else
            # The numbers and ranges in the section headers of the configuration file.
            mapfile -t COMPREPLY < <(compgen -W "all $(sed -n 's/^[[:blank:]]*\[\([0-9,-]*\)\].*/\1/p' "$conf" 2>/dev/null)" -- "$word")
        fi ;;
    esac
}
complete -F _xenomips_xl xenomips-xl
