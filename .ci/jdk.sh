# shellcheck shell=bash
# Sourced by ./dev, ./flowshield and .ci/run: finds a JDK 25 and exports JAVA_HOME.

find_jdk25() {
    local release
    for release in "${JAVA_HOME:-/nonexistent}"/release /usr/lib/jvm/*/release /usr/java/*/release /opt/*/release \
        /Library/Java/JavaVirtualMachines/*/Contents/Home/release; do
        [ -r "$release" ] || continue
        if grep -q '^JAVA_VERSION="25[."]' "$release" && [ -x "${release%/release}/bin/javac" ]; then
            printf '%s\n' "${release%/release}"
            return 0
        fi
    done
    return 1
}

if ! JAVA_HOME=$(find_jdk25); then
    echo "No JDK 25 was found in \$JAVA_HOME, /usr/lib/jvm, /usr/java or /opt: FlowShield can't be built or run." >&2
    echo "Install one (for instance Temurin 25, https://adoptium.net) or set JAVA_HOME to it, and run this again." >&2
    exit 1
fi
export JAVA_HOME
