# The instances of xenomips.conf(5) and the configuration of their domains. Read by xenomips-xl; POSIX sh.
# It tells what is wrong by die and note, which the reader defines, and never executes a value.

readonly max_instance=255 max_interface=63
newline='
'
tab=$(printf '\t')

# --- numbers ---------------------------------------------------------------------------------------------------------------

# is_number WORD MAX: a decimal number from 0 to MAX without leading zeros, which arithmetic would read as octal.
is_number() {
    case $1 in
    '' | *[!0-9]* | 0?* | ????????*) return 1 ;;
    esac
    [ "$1" -le "$2" ]
}

# expand_numbers WORD: adds the instances of 3, 0-9 or 0,3,5-7 to $numbers, each once; 1 and $why if WORD is none of these.
expand_numbers() {
    case $1 in
    '' | ,* | *, | *,,*) why="'$1' is not a list of instance numbers such as 0-9 or 0,3,5-7"; return 1 ;;
    esac
    rest=$1,
    while [ -n "$rest" ]; do
        item=${rest%%,*}
        rest=${rest#*,}
        first=${item%%-*}
        last=${item#*-}
        if ! is_number "$first" $max_instance || ! is_number "$last" $max_instance; then
            why="'$item' is not an instance number from 0 to $max_instance, nor a range of them"
            return 1
        fi
        if [ "$first" -gt "$last" ]; then
            why="the range '$item' is empty"
            return 1
        fi
        while [ "$first" -le "$last" ]; do
            case " $numbers " in
            *" $first "*) ;;
            *) numbers="$numbers $first" ;;
            esac
            first=$((first + 1))
        done
    done
}

# --- configuration file ----------------------------------------------------------------------------------------------------

# Keys that hold for all instances and may be overridden in an instance's section. Values are kept in d_KEY and iN_KEY.
readonly instance_keys="type memory vcpus kernel ramdisk root ios work save cmdline image npe midplane ram adapters arguments bridges"
readonly bridge_keys="address ports hub"

d_type=auto d_memory=auto d_vcpus=1
d_kernel=/usr/lib/xenomips/vmlinuz d_ramdisk=/usr/lib/xenomips/initrd.img
d_root=/srv/xenomips/root.img d_ios=/srv/xenomips/ios.img d_work=/srv/xenomips/xenomips%N.img d_save=/srv/xenomips/saved
d_cmdline=quiet d_image='' d_npe='' d_midplane='' d_ram='' d_adapters='' d_arguments='' d_bridges=''

instances='' # all numbers named in section headers, in the order of the file
bridge_sections=0 # sections [bridge NAME], kept in b1_NAME, b1_address, ...

# trim TEXT: leaves it without blanks at both ends in $trimmed.
trim() {
    trimmed=$1
    trimmed=${trimmed#"${trimmed%%[! $tab]*}"}
    trimmed=${trimmed%"${trimmed##*[! $tab]}"}
}

conf_error() { die "$conf:$line_number: $*"; }

# plain TEXT: what can stand inside both kinds of quotes that lie around it on its way to the guest's command line.
plain() {
    case $1 in
    *[\'\"\\\`]* | *[![:print:]]*) return 1 ;;
    esac
}

# one_word TEXT: plain and without blanks.
one_word() {
    case $1 in
    '' | *' '*) return 1 ;;
    esac
    plain "$1"
}

is_bridge_name() {
    case $1 in
    '' | . | .. | ????????????????* | *[!A-Za-z0-9._-]* | -*) return 1 ;;
    esac
}

# is_path TEXT: an absolute path that needs no quotes anywhere.
is_path() {
    case $1 in
    /*) one_word "$1" ;;
    *) return 1 ;;
    esac
}

# ports_of CARD: leaves the number of its Ethernet ports that carry traffic in $ports; 1 if there is no such card.
ports_of() {
    case $1 in
    C7200-IO-FE | PA-FE-TX) ports=1 ;;
    C7200-IO-2FE | C7200-IO-GE-E | C7200-JC-PA) ports=0 ;;
    PA-2FE-TX | PA-GE | PA-4E | PA-8E | PA-4T+ | PA-8T | PA-A1 | PA-POS-OC3 | PA-4B | PA-MC-8TE1) ports=0 ;;
    *) return 1 ;;
    esac
}

# is_card_list TEXT: SLOT:CARD words, each slot once; 1 and what is expected in $why if it is not.
is_card_list() {
    slots_seen=' '
    for word in $1; do
        slot=${word%%:*}
        card=${word#*:}
        why='SLOT:CARD words with slots from 0 to 7, for example 1:PA-FE-TX 2:PA-4E'
        is_number "$slot" 7 && [ "$card" != "$word" ] || return 1
        why="made of the cards that 'xenomips --list-hardware' shows"
        ports_of "$card" || return 1
        why='an I/O card (C7200-...) in slot 0 and port adapters (PA-...) in slots 1 to 7'
        case $slot:$card in
        0:C7200-* | [1-7]:PA-*) ;;
        *) return 1 ;;
        esac
        why='a list with each slot once'
        case $slots_seen in
        *" $slot "*) return 1 ;;
        esac
        slots_seen="$slots_seen$slot "
    done
}

# check_value KEY VALUE: 1 and what is expected in $why if VALUE is not one for KEY.
check_value() {
    case $1 in
    type) why='auto, pv or pvh'
        case $2 in auto | pv | pvh) ;; *) return 1 ;; esac ;;
    memory) why='auto, or a number of MB from 64 to 65536'
        [ "$2" = auto ] || { is_number "$2" 65536 && [ "$2" -ge 64 ]; } ;;
    vcpus) why='a number from 1 to 64'
        is_number "$2" 64 && [ "$2" -ge 1 ] ;;
    ram) why='a number of MB from 4 to 1024'
        is_number "$2" 1024 && [ "$2" -ge 4 ] ;;
    kernel | ramdisk | root | save) why='an absolute path without blanks, quotes and backslashes'
        is_path "$2" ;;
    ios) why='an absolute path without blanks, quotes and backslashes, or none'
        [ "$2" = none ] || is_path "$2" ;;
    work) why='an absolute path without blanks, quotes and backslashes'
        is_path "$2" || return 1
        why='a path with %N, which stands for the instance number: a work disk must not be shared'
        [ "$section_size" = 1 ] || case $2 in *%N*) ;; *) return 1 ;; esac ;;
    image | npe | midplane) why='one word without quotes and backslashes'
        case $2 in -*) return 1 ;; esac
        one_word "$2" ;;
    cmdline | arguments) why='printable ASCII characters without quotes and backslashes'
        plain "$2" ;;
    adapters) is_card_list "$2" ;;
    bridges) why='names of bridges of at most 15 letters, digits, dots, dashes and underscores, separated by blanks'
        for word in $2; do is_bridge_name "$word" || return 1; done ;;
    ports) why='names of network interfaces of at most 15 letters, digits, dots, dashes and underscores'
        for word in $2; do is_bridge_name "$word" || return 1; done ;;
    address) why='ADDRESS/LENGTH, for example 192.0.2.1/24'
        case $2 in */*/* | *[!0-9a-fA-F.:/]*) return 1 ;; ?*/?*) ;; *) return 1 ;; esac
        is_number "${2#*/}" 128 ;;
    hub) why='yes or no'
        case $2 in yes | no) ;; *) return 1 ;; esac ;;
    esac
}

# section_header TEXT: what stands between the brackets.
section_header() {
    seen=' '
    case $1 in
    bridge' '* | bridge"$tab"*)
        trim "${1#bridge}"
        is_bridge_name "$trimmed" || conf_error "'$trimmed' is not the name of a bridge"
        section=bridge
        find_bridge_section "$trimmed" && conf_error "[bridge $trimmed] is there twice"
        bridge_sections=$((bridge_sections + 1))
        eval "b${bridge_sections}_NAME=\$trimmed" ;;
    *)
        numbers=
        expand_numbers "$1" || conf_error "$why"
        section=instances
        section_numbers=$numbers
        section_size=0
        for number in $numbers; do
            section_size=$((section_size + 1))
            case " $instances " in
            *" $number "*) ;;
            *) instances="$instances $number" ;;
            esac
        done ;;
    esac
}

# setting KEY VALUE: one line of a section.
setting() {
    case $section in
    bridge) known=$bridge_keys ;;
    *) known=$instance_keys ;;
    esac
    case $1 in
    '' | *[!a-z]*) conf_error "'$1' is not a key" ;;
    esac
    case " $known " in
    *" $1 "*) ;;
    *) conf_error "unknown key '$1'; there are: $known" ;;
    esac
    case $seen in
    *" $1 "*) conf_error "'$1' is set twice" ;;
    esac
    seen="$seen$1 "
    [ -n "$2" ] || conf_error "'$1' has no value"
    check_value "$1" "$2" || conf_error "the value of '$1' must be $why, not: $2"
    case $section in
    all) eval "d_$1=\$2" ;;
    bridge) eval "b${bridge_sections}_$1=\$2" ;;
    *) for number in $section_numbers; do eval "i${number}_$1=\$2"; done ;;
    esac
}

read_configuration() {
    [ -f "$conf" ] || die "there is no configuration file $conf"
    [ -r "$conf" ] || die "$conf cannot be read"
    section=all seen=' ' line_number=0 section_size=0
    while IFS= read -r line || [ -n "$line" ]; do
        line_number=$((line_number + 1))
        trim "$line"
        case $trimmed in
        '' | '#'*) continue ;;
        *[![:print:]"$tab"]*) conf_error 'there is a character that is not printable ASCII (a line end of another system?)' ;;
        *'#'*) conf_error "a comment must have a line of its own" ;;
        '['*']')
            trimmed=${trimmed#?}
            trim "${trimmed%?}"
            section_header "$trimmed" ;;
        '['*) conf_error "the ] is missing" ;;
        *=*)
            value=${trimmed#*=}
            trim "${trimmed%%=*}"
            key=$trimmed
            trim "$value"
            value=$(printf '%s' "$trimmed" | tr '\t' ' ')
            setting "$key" "$value" ;;
        *) conf_error "this is neither KEY = VALUE nor [SECTION]" ;;
        esac
    done <"$conf"
}

# get N KEY: leaves the value for instance N in $value.
get() { eval "value=\${i$1_$2-\$d_$2}"; }

# find_bridge_section NAME: leaves the number of its section in $bridge_section; 1 if it has none.
find_bridge_section() {
    bridge_section=1
    while [ "$bridge_section" -le "$bridge_sections" ]; do
        eval "[ \"\$b${bridge_section}_NAME\" = \"\$1\" ]" && return
        bridge_section=$((bridge_section + 1))
    done
    return 1
}

# get_bridge NAME KEY: leaves what the section of the bridge says in $value, else nothing.
get_bridge() {
    value=
    find_bridge_section "$1" && eval "value=\${b${bridge_section}_$2-}"
    return 0
}

# --- one instance ----------------------------------------------------------------------------------------------------------

# substitute N: replaces %N in $value.
substitute() {
    while :; do
        case $value in
        *%N*) value=${value%%%N*}$1${value#*%N} ;;
        *) return ;;
        esac
    done
}

# path_of N KEY: leaves the path in $value.
path_of() {
    get "$1" "$2"
    substitute "$1"
}

# wire N: leaves the emulator's -p and -s options for the bridges of instance N in $wiring.
wire() {
    get "$1" bridges
    interfaces=$(($(count_words $value) - 1))
    get "$1" adapters
    cards=$value
    if [ -z "$cards" ]; then
        [ $interfaces -le 7 ] || die "instance $1 has $interfaces bridges for the router; it has slots for at most 7 (the service bridge not counted)"
        slot=1
        while [ $slot -lt $interfaces ]; do
            cards="$cards $slot:PA-FE-TX"
            slot=$((slot + 1))
        done
    fi
    wiring=
    for word in $cards; do wiring="$wiring -p $word"; done
    case " $cards" in
    *' 0:'*) ;;
    *) cards="0:C7200-IO-FE $cards" ;;
    esac
    interface=1
    for slot in 0 1 2 3 4 5 6 7; do
        for word in $cards; do
            [ "${word%%:*}" = $slot ] || continue
            ports_of "${word#*:}"
            port=0
            while [ $port -lt $ports ] && [ $interface -le $interfaces ]; do
                wiring="$wiring -s $slot:$port:gen_eth:eth$interface"
                interface=$((interface + 1))
                port=$((port + 1))
            done
        done
    done
    [ $interface -gt $interfaces ] ||
        die "instance $1 has $interfaces bridges for the router, but its cards (${cards# }) have only $((interface - 1)) ports that carry traffic"
}

count_words() { echo $#; }

# type_of N: leaves pv or pvh in $type: what the file says, else what this host offers.
type_of() {
    get "$1" type
    type=$value
    [ "$type" = auto ] || return 0
    if [ -z "${host_type:-}" ]; then
        command -v xl >/dev/null || die "there is no xl to ask what this host offers; write type = pv or type = pvh in $conf"
        caps=$(xl info 2>&1) || die "xl info fails, so this is no Xen control domain: $caps; or write type = pv or type = pvh in $conf"
        case $newline$caps in
        *"${newline}xen_caps "*hvm-*) host_type=pvh ;;
        *"${newline}xen_caps "*) host_type=pv ;;
        *) die "xl info does not say what the host offers; write type = pv or type = pvh in $conf" ;;
        esac
    fi
    type=$host_type
}

# command_line N: leaves the kernel's command line in $command_line.
command_line() {
    wire "$1"
    get "$1" image
    arguments=
    case $value in
    '') ;;
    /* | builtin:*) arguments=$value ;;
    *) arguments=/data/Cisco_IOS/$value ;;
    esac
    for option in t:npe M:midplane r:ram; do
        get "$1" "${option#*:}"
        [ -z "$value" ] || arguments="$arguments -${option%%:*} $value"
    done
    arguments="$arguments -m $(printf '00:16:3e:02:%02x:01' "$1")$wiring"
    get "$1" arguments
    arguments="$arguments${value:+ $value}"
    get "$1" cmdline
    command_line="root=/dev/xvda1 ro console=hvc0 net.ifnames=0${value:+ $value} systemd.hostname=xenomips$1 xenomips=\"${arguments# }\""
    case $type in
    pv) limit=1023 ;;
    *) limit=2047 ;;
    esac
    [ ${#command_line} -le $limit ] ||
        die "instance $1: the kernel's command line has ${#command_line} bytes; a $type domain takes $limit and would lose the rest in silence"
}

# memory_of N: leaves the domain's memory in MB in $memory.
memory_of() {
    get "$1" ram
    ram=${value:-256}
    get "$1" memory
    memory=$value
    [ "$memory" != auto ] || memory=$((ram + 192))
    [ "$memory" -ge $((ram + 128)) ] ||
        die "instance $1: $memory MB of memory are too little for a router of $ram MB; the rest of the guest needs 128 MB or more"
}

# interfaces_of N PREFIX SUFFIX SEPARATOR: prints the vif entries.
interfaces_of() (
    get "$1" bridges
    interface=0
    for bridge in $value; do
        [ $interface -le $max_interface ] || die "instance $1 has more than $((max_interface + 1)) bridges"
        [ $interface = 0 ] || printf '%s' "$4"
        printf "%s'bridge=%s,mac=00:16:3e:01:%02x:%02x'%s" "$2" "$bridge" "$1" $((0xc0 + interface)) "$3"
        interface=$((interface + 1))
    done
)

# defined N: stops unless the file has this instance.
defined() {
    case " $instances " in
    *" $1 "*) ;;
    *) die "$conf has no section for instance $1" ;;
    esac
    get "$1" bridges
    [ -n "$value" ] || die "instance $1 has no bridges; the first is the service interface's, the others are the router's"
    [ "${value#* }" != "$value" ] || note "instance $1 has a service bridge only: nothing is connected to its router"
}

# configuration N: prints the xl configuration.
configuration() {
    defined "$1"
    type_of "$1"
    memory_of "$1"
    command_line "$1"
    say "# Instance $1, made by xenomips-xl from $conf."
    say "type    = \"$type\""
    say "name    = \"xenomips$1\""
    path_of "$1" kernel; say "kernel  = \"$value\""
    path_of "$1" ramdisk; say "ramdisk = \"$value\""
    say "memory  = $memory"
    get "$1" vcpus; say "vcpus   = $value"
    say "cmdline = '$command_line'"
    say "disk = ["
    path_of "$1" root; say "    'format=raw,vdev=xvda1,access=ro,target=$value',"
    path_of "$1" ios; [ "$value" = none ] || say "    'format=raw,vdev=xvda2,access=ro,target=$value',"
    path_of "$1" work; say "    'format=raw,vdev=xvda3,access=rw,target=$value',"
    say "]"
    say "vif = ["
    interfaces_of "$1" '    ' ",$newline" ''
    say "]"
    say "on_poweroff = 'destroy'"
    say "on_reboot   = 'restart'"
    say "on_crash    = 'restart'"
}

# xm_disk PATH DEVICE MODE: prints a disk entry as xm wants it.
xm_disk() {
    case $1 in
    /dev/*) printf "'phy:%s,%s,%s'" "$1" "$2" "$3" ;;
    *) printf "'file:%s,%s,%s'" "$1" "$2" "$3" ;;
    esac
}

# xm_configuration: prints one Python file for all instances, chosen by N=... at creation. xm knows PV domains only.
xm_configuration() {
    [ -n "$instances" ] || die "$conf has no instances"
    say "# All instances, for the old xm: xm create xenomips N=0. Made by xenomips-xl from $conf."
    say "builder = 'linux'"
    say "on_poweroff = 'destroy'"
    say "on_reboot = 'restart'"
    say "on_crash = 'restart'"
    say "xenomips_instances = {"
    for number in $instances; do
        defined "$number"
        type=pv
        memory_of "$number"
        command_line "$number"
        say "    $number: {"
        path_of "$number" kernel; say "        'kernel': '$value',"
        path_of "$number" ramdisk; say "        'ramdisk': '$value',"
        say "        'memory': $memory,"
        get "$number" vcpus; say "        'vcpus': $value,"
        say "        'root': '/dev/xvda1 ro',"
        say "        'extra': '${command_line#root=/dev/xvda1 ro }',"
        path_of "$number" root; printf "        'disk': [%s" "$(xm_disk "$value" xvda1 r)"
        path_of "$number" ios; [ "$value" = none ] || printf ', %s' "$(xm_disk "$value" xvda2 r)"
        path_of "$number" work; say ", $(xm_disk "$value" xvda3 w)],"
        say "        'vif': [$(interfaces_of "$number" '' '' ', ')],"
        say "    },"
    done
    say "}"
    say "xenomips_instance = xenomips_instances[int(N)]"
    say "name = 'xenomips%d' % int(N)"
    for key in kernel ramdisk memory vcpus root extra disk vif; do say "$key = xenomips_instance['$key']"; done
}
