#!/bin/sh
# Makes this computer a kiosk: the program in /opt/achievement-kiosk, its settings in /etc/achievement-kiosk, and a
# service that shows the board on the first console from the moment of boot. Run it again to update; settings stay.
set -eu
umask 022

readonly HOME_DIR=/opt/achievement-kiosk
readonly CONFIG_DIR=/etc/achievement-kiosk
readonly STATE_DIR=/var/lib/achievement-kiosk
readonly KIOSK_USER=kiosk
readonly UNIT=kiosk.service
# A missing group fails silently, with a black screen or without sound.
readonly GROUPS_NEEDED="video render input audio tty"
# SDL and its KMSDRM driver come with the program; what talks to this computer's graphics and sound does not.
readonly PACKAGES="python3 python3-venv libgbm1 libdrm2 libegl1 libgles2 libgl1-mesa-dri libudev1 libasound2-data"

usage() {
    cat <<USAGE
Usage: install.sh [--no-start] [PACKAGE]

Installs the kiosk and starts it on this computer's screen. Needs root, and Debian 12 or later (Raspberry Pi OS too).

  PACKAGE     what pip installs: a wheel file, this folder (.), or a name (default: achievement-kiosk)
  --no-start  enable the service for the next boot, but don't start it now

pip's own environment variables are honoured, such as PIP_NO_INDEX and PIP_FIND_LINKS for an install without network.
USAGE
}

say() { printf '%s\n' "install.sh: $*"; }

die() {
    printf '%s\n' "install.sh: $*" >&2
    exit 1
}

install_packages() {
    missing=
    for each in $PACKAGES; do
        state=$(dpkg-query --show --showformat='${db:Status-Status}' "$each" 2>/dev/null || true)
        [ "$state" = installed ] || missing="$missing $each"
    done
    [ -n "$missing" ] || return 0
    say "installing$missing"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q
    # shellcheck disable=SC2086  # a list of words
    apt-get install -q -y --no-install-recommends $missing
}

make_user() {
    if ! id "$KIOSK_USER" >/dev/null 2>&1; then
        useradd --system --user-group --home-dir "$STATE_DIR" --shell /usr/sbin/nologin "$KIOSK_USER"
    fi
    for group in $GROUPS_NEEDED; do
        getent group "$group" >/dev/null || groupadd --system "$group"
        usermod --append --groups "$group" "$KIOSK_USER"
    done
    install -d -m 750 -o "$KIOSK_USER" -g "$KIOSK_USER" "$STATE_DIR"
}

install_program() {
    [ -x "$HOME_DIR/bin/python" ] || python3 -m venv "$HOME_DIR"
    "$HOME_DIR/bin/python" -m pip install --quiet --disable-pip-version-check --upgrade "$1"
    if [ -f "$1" ]; then
        # pip takes a wheel of the installed version for installed, though it may be another build.
        "$HOME_DIR/bin/python" -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps "$1"
    fi
    ln -sf "$HOME_DIR/bin/kiosk" /usr/local/bin/kiosk
}

# A first config that shows something at once, to be changed: the example, its rules and its deals.
install_config() {
    install -d -m 755 "$CONFIG_DIR"
    if [ -e "$CONFIG_DIR/config.yaml" ]; then
        say "keeping $CONFIG_DIR/config.yaml"
        return 0
    fi
    for file in "$source_dir"/docs/examples/*; do
        [ -e "$CONFIG_DIR/${file##*/}" ] || install -m 644 "$file" "$CONFIG_DIR"
    done
    sed 's|^rules: .*|rules: rules.yaml|' "$source_dir/config.example.yaml" >"$CONFIG_DIR/config.yaml"
}

install_service() {
    # The unit of the installed version, not of this folder.
    unit=$("$HOME_DIR/bin/python" -c 'from importlib.resources import files; print(files("kiosk") / "packed/systemd")')
    install -m 644 "$unit/$UNIT" /etc/systemd/system
    systemctl enable --quiet "$UNIT"
    # In an image that is being made there is no systemd to tell.
    [ -d /run/systemd/system ] || return 0
    systemctl daemon-reload
    if [ "$1" = yes ]; then
        systemctl restart "$UNIT"
    fi
}

source_dir=$(dirname "$0")
start=yes
package=achievement-kiosk
while [ $# -gt 0 ]; do
    case $1 in
        --no-start) start=no ;;
        -h | --help)
            usage
            exit 0
            ;;
        -*)
            usage >&2
            die "unknown option $1"
            ;;
        *) package=$1 ;;
    esac
    shift
done

[ "$(id -u)" -eq 0 ] || die "needs root: sudo $0"
[ -f "$source_dir/config.example.yaml" ] || die "needs the files that it came with: run it where you unpacked them"
command -v apt-get >/dev/null || die "needs Debian or a system made from it: there is no apt-get here"
case $package in
    *.whl) [ -f "$package" ] || die "no such file: $package" ;;
esac

install_packages
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || die "needs Python 3.11 or later: Debian 12 has it"
make_user
install_program "$package"
install_config
install_service "$start"

say "done. Settings: $CONFIG_DIR/config.yaml; what it says: journalctl -u $UNIT"
