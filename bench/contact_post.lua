-- Registers contacts: wrk -s contact_post.lua URL -- IDS TOKEN RUN. IDS is a file with one participant a line,
-- TOKEN a bearer token or "-", RUN a number that makes the contacts' ids differ from those of every other run.
-- Every fourth is with the company of the environment's BENCH_COMPANY, which takes the citizen's consent.
local ids, run, n, company = {}, 0, 0, os.getenv("BENCH_COMPANY")

function init(args)
	for line in io.lines(args[1]) do ids[#ids + 1] = line end
	run = tonumber(args[3])
	wrk.method = "POST"
	wrk.headers["Content-Type"] = "application/json"
	if args[2] ~= "-" then wrk.headers["Authorization"] = "Bearer " .. args[2] end
end

function request()
	n = n + 1
	-- A UUIDv7: the first 48 bits grow, as a clock's would.
	local id = string.format("019a%04x-%04x-7%03x-8000-%012x", run % 65536, math.floor(n / 16) % 65536, n % 16, n)
	local about = '"purpose":"citizen"'
	if company and n % 4 == 0 then about = '"purpose":"company_job_search","company":"' .. company .. '"' end
	local body = string.format('{"id":"%s","participant":"%s","at":"2018-%02d-%02dT%02d:%02d","kind":"%s",' ..
		'%s,"place":"job_centre","minutes":30,"note":"Talked about the next step."}',
		id, ids[n % #ids + 1], n % 2 + 10, n % 28 + 1, n % 10 + 8, n % 60, n % 2 == 0 and "phone" or "meeting", about)
	return wrk.format(nil, nil, nil, body)
end

function done(summary, latency) dofile(os.getenv("BENCH") .. "/result.lua"); report(summary, latency) end
