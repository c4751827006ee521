#!/bin/sh
# Puts the lessons on The Littlest JupyterHub, which has to be installed already. As root, from a copy
# of the repository that every user may read, such as /srv/lessons:
#   sh deploy/tljh/set_up.sh teacher
# It can be run again after an update; students' work is in their homes and is not touched.
set -eu
lessons=$(cd "$(dirname "$0")/../.." && pwd)
tljh=${TLJH:-/opt/tljh}
if [ $# -ne 1 ]; then
    echo "usage: sh deploy/tljh/set_up.sh NAME_OF_THE_INSTRUCTOR" >&2
    exit 2
fi
if [ ! -x "$tljh/user/bin/python" ]; then
    echo "There is no Littlest JupyterHub in $tljh: install it first (tljh.jupyter.org)." >&2
    exit 1
fi
"$tljh/user/bin/python" -m pip install -c "$lessons/constraints.txt" "$lessons[hub]"
config="$tljh/config/jupyterhub_config.d"
mkdir -p "$config"
cp "$lessons/deploy/lessons_hub.py" "$config/"
echo "c.StudentNotebooks.source = '$lessons/notebooks'" > "$config/lessons_source.py"
tljh-config add-item users.admin "$1"
tljh-config set limits.memory 1G
tljh-config set limits.cpu 1
# Servers report what they do every 300 seconds, so less would stop busy ones.
tljh-config set services.cull.timeout 3600
tljh-config reload hub
