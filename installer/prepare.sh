# shellcheck shell=bash
# Sourced by run and test: makes sure that the system libraries and .venv are there.
#
# .venv is good only when its stamp, written last, names the lock it was made from and the
# Python it was made with; anything else (killed half-way, new lock, new Python) is made anew.

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
venv=$root/.venv
stamp=$venv/made-from

# What Qt loads: the first line always, the second for a window on X11, the third on Wayland.
qt_packages=(
    libgl1 libegl1 libxkbcommon0 libglib2.0-0 libfreetype6 libfontconfig1 libdbus-1-3
    libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0
    libwayland-cursor0 libwayland-egl1
)

# Qt insists on UTF-8, and a bare system has no locale set at all.
if [[ $(locale charmap 2>/dev/null) != UTF-8 ]]; then
    export LC_ALL=C.UTF-8
fi

# Prints each argument on a line of its own.
say() {
    printf '%s\n' "$@" >&2
}

stop() {
    say "$@"
    exit 1
}

# Prints the packages among "$@" that are not installed. Newer Debian has renamed some, adding t64.
missing_packages() {
    local installed package
    installed=$(dpkg-query --show --showformat='${db:Status-Status} ${Package}\n' \
        "$@" "${@/%/t64}" 2>/dev/null || true)
    for package in "$@"; do
        [[ $'\n'$installed$'\n' =~ $'\n'"installed $package"(t64)?$'\n' ]] || printf '%s\n' "$package"
    done
}

# Runs a command as root; install_packages has made sure that this is possible.
as_root() {
    if ((EUID == 0)); then
        "$@"
    else
        sudo -- "$@"
    fi
}

# Installs the packages "$@" through apt, or says in Chinese what to type.
install_packages() {
    local by_hand="apt-get update && apt-get install --no-install-recommends $*"
    if ((EUID != 0)) && ! command -v sudo >/dev/null; then
        stop "缺少系统软件包，安装它们需要管理员权限。请先运行下面这条命令，再重新运行本程序：" \
            "  su -c '$by_hand'"
    fi
    say "正在安装缺少的系统软件包：$*"
    # A machine switched off during an installation needs this before the next one.
    as_root dpkg --configure -a >&2 </dev/null || true
    # One unreachable source does not matter where the others have what is needed.
    as_root apt-get update --quiet --quiet >&2 </dev/null || true
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install --quiet --quiet --yes -o Dpkg::Use-Pty=0 --no-install-recommends "$@" \
        >&2 </dev/null ||
        stop "系统软件包没有装上。请检查网络和软件源，再重新运行；或由管理员运行：" \
            "  $by_hand"
}

# Puts the system packages "$@" in place where dpkg is there to ask; other systems bring their own.
need_packages() {
    local -a missing
    command -v dpkg-query >/dev/null || return 0
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]} == 0)) || install_packages "${missing[@]}"
}

# Prints the first Python that PySide6 has wheels for and that can make a virtual environment;
# Debian keeps venv and ensurepip apart from python3.
find_python() {
    local candidate
    local fits='import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 15))'
    for candidate in python3 /usr/bin/python3 python3.11 python3.12 python3.13 python3.14; do
        if "$candidate" -c "$fits" 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

# Succeeds where .venv was made whole from the lock $1 with a Python that is still there.
is_made_from() {
    local hash
    [[ -f $stamp ]] || return 1
    hash=$(sha256sum <"$1") &&
        grep -qxF "lock ${hash%% *}" "$stamp" &&
        grep -qxF "python $(readlink -e "$venv/bin/python")" "$stamp"
}

# Makes .venv from the lock $1; the stamp names every lock in "$@", all of which it satisfies.
make_venv() {
    local lock=$1 python hash
    python=$(find_python) || stop \
        "需要 Python 3.11 到 3.14（带 venv），没有找到。Debian 12 上可由管理员运行：" \
        "  apt-get install python3 python3-venv"
    say "正在准备运行环境（只在第一次或升级后需要，约一两分钟）……"
    rm -rf -- "$venv"
    "$python" -m venv -- "$venv" >&2 || stop "运行环境没有建成：$venv"
    # All in the lock: nothing to resolve, nothing to compile, nothing unverified.
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
        --no-deps --only-binary :all: --require-hashes --requirement "$lock" >&2 </dev/null ||
        stop "Python 软件包没有装上。请检查网络，再重新运行；已下载的部分不会白费。" \
            "如需使用镜像源，请先设置 pip（例如环境变量 PIP_INDEX_URL）。"
    # Relative, so that the checkout may be moved and its path may hold any character.
    printf '../../../..\n' >"$(echo "$venv"/lib/python3*/site-packages)/liaison_desk.pth"
    {
        printf 'python %s\n' "$(readlink -e "$venv/bin/python")"
        for lock in "$@"; do
            hash=$(sha256sum <"$lock")
            printf 'lock %s\n' "${hash%% *}"
        done
    } >"$stamp.new"
    # The stamp must not reach the disk before what it vouches for.
    sync
    mv -- "$stamp.new" "$stamp"
}

# Stops where the C library is older than the locked PySide6 asks for.
need_glibc() {
    local needed=2.34 have
    if [[ $(uname -m) == aarch64 ]]; then
        needed=2.39
    fi
    have=$(getconf GNU_LIBC_VERSION 2>/dev/null) || return 0
    have=${have#glibc }
    printf '%s\n' "$needed" "$have" | sort --version-sort --check=quiet ||
        stop "本机系统太旧：需要 glibc $needed 以上（x86-64 如 Debian 12，ARM64 如 Debian 13），本机是 $have。"
}

# prepare LOCK…: makes .venv from the first; the others are part of it.
prepare() {
    if is_made_from "$1"; then
        need_packages "${qt_packages[@]}"
        return
    fi
    need_glibc
    if find_python >/dev/null; then
        need_packages "${qt_packages[@]}"
    else
        need_packages "${qt_packages[@]}" python3 python3-venv
    fi
    # Two starts at once: the second waits, then finds the work done.
    (
        flock 9
        is_made_from "$1" || make_venv "$@"
    ) 9<"$root/installer"
}
