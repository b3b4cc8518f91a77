#!/bin/sh
# Removes FlowShield from a Mac; with --purge also the node's data, in which money may lie.
set -e

if [ "$(id -u)" -ne 0 ]; then
    echo "run it as root: sudo $0" >&2
    exit 5
fi
launchctl bootout system/FlowShield-flowshieldd 2>/dev/null || true
rm -f /Library/LaunchDaemons/FlowShield-flowshieldd.plist /usr/local/bin/flowshield
rm -rf /Applications/FlowShield.app
for id in org.flowshield.FlowShield org.flowshield.FlowShield.services; do
    pkgutil --forget "$id" >/dev/null 2>&1 || true
done
if [ "${1:-}" = --purge ]; then
    rm -rf /var/lib/flowshield /var/log/flowshieldd.log
    dseditgroup -o delete flowshield 2>/dev/null || true
else
    echo "the node's data stays in /var/lib/flowshield; $0 --purge deletes it" >&2
fi
