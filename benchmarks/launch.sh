# Read by the commands beside it: starts class $1 with the other arguments, after building what is missing or stale.
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
top=$(dirname -- "$here")
jar=$here/target/benchmarks.jar

find_java() {
    for java in "${JAVA_HOME:-}/bin/java" /usr/lib/jvm/*25*/bin/java "$HOME"/.sdkman/candidates/java/25*/bin/java java; do
        "$java" -version 2>&1 | grep -q 'version "25' && { echo "$java"; return; }
    done
    return 1
}

launch() {
    class=org.xenomips.bench.$1
    shift
    java=$(find_java) || { echo "${0##*/}: a JDK 25 is needed; install one and set JAVA_HOME to it" >&2; exit 1; }
    [ -n "${XENOMIPS_NO_BUILD:-}" ] || "$top/xenomips" --version >/dev/null
    [ -f "$jar" ] || "$top/xenomips" build
    exec "$java" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --add-exports=java.base/jdk.internal.misc=ALL-UNNAMED \
        -Dxenomips.home="$top" -cp "$jar" "$class" "$@"
}
