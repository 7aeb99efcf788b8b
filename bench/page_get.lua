-- Reads pages: wrk -s page_get.lua URL -- IDS HEADER PREFIX SUFFIX. Each request asks for PREFIX, the next
-- participant of the file IDS, SUFFIX. HEADER is "Name: value" or "-"; SUFFIX "-" is none.
local ids, n, before, after = {}, 0, "", ""

function init(args)
	for line in io.lines(args[1]) do ids[#ids + 1] = line end
	local name, value = args[2]:match("^([^:]+): (.*)$")
	if name then wrk.headers[name] = value end
	before = args[3]
	after = args[4] == "-" and "" or args[4]
end

function request()
	n = n + 1
	return wrk.format("GET", before .. ids[n % #ids + 1] .. after)
end

function done(summary, latency) dofile(os.getenv("BENCH") .. "/result.lua"); report(summary, latency) end
