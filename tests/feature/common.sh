# What the scripts in this folder share; sourced, not run. Each gets an empty TMPDIR of its own.
rampe=${RAMPE:-$PWD/build/rampe}
export RAMPE_DB="sqlite:$TMPDIR/rampe.db"
told=0

# is NAME COMMAND...: one check; what the command says is shown when it fails.
is() {
	name=$1
	shift
	told=$((told + 1))
	if "$@" >"$TMPDIR/is.log" 2>&1; then
		echo "ok $told - $name"
	else
		echo "not ok $told - $name"
		sed 's/^/# /' "$TMPDIR/is.log"
	fi
}

# run ARGUMENTS...: the program, its output in $out, its messages in $err, its status in $status.
run() {
	"$rampe" "$@" >"$TMPDIR/out" 2>"$TMPDIR/err"
	status=$?
	out=$(cat "$TMPDIR/out")
	err=$(cat "$TMPDIR/err")
}

# ended STATUS: how the last run ended, with what it said where it is another one.
ended() {
	[ "$status" -eq "$1" ] && return
	echo "status $status instead of $1; output: $out; messages: $err"
	return 1
}

# has TEXT PART: the part stands in the text.
has() {
	case $1 in *"$2"*) return 0 ;; esac
	echo "\"$2\" is not in: $1"
	return 1
}

has_not() {
	! has "$1" "$2" >/dev/null && return
	echo "\"$2\" is in: $1"
	return 1
}

# No file of the database holds the text.
not_in_database() {
	! grep -aqF -e "$1" "$TMPDIR"/rampe.db*
}

# A whole JSON document, and nothing else.
is_json() {
	printf '%s' "$1" | node -e 'JSON.parse(require("fs").readFileSync(0, "utf8"))'
}

# Serves the database on a free port; $url is where. Stopped when the script ends.
serve() {
	"$rampe" serve --port 0 "$@" >"$TMPDIR/served" 2>"$TMPDIR/serve.err" &
	server=$!
	trap 'kill $server 2>/dev/null' EXIT
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
		[ -s "$TMPDIR/served" ] && break
		sleep 0.1
	done
	url=$(sed 's|/$||' "$TMPDIR/served")
}

# ask ARGUMENTS...: curl with the cookies kept; head and body in $answer, the status in $code.
ask() {
	answer=$(curl --silent --include --max-time 20 --cookie "$TMPDIR/jar" --cookie-jar "$TMPDIR/jar" "$@" | tr -d '\r')
	code=$(printf '%s\n' "$answer" | sed -n '1s/^HTTP[^ ]* \([0-9]*\).*/\1/p')
}

# The answer's status, with the answer where it is another one.
answered() {
	[ "$code" = "$1" ] && return
	echo "answered $code instead of $1: $answer"
	return 1
}

# The token that the form on the page just asked for carries.
csrf() {
	printf '%s\n' "$answer" | sed -n 's/.*name="csrf" value="\([0-9a-f]*\)".*/\1/p' | head -n 1
}
