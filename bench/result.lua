-- One line about a run, for bench/run: requests a second, latencies in ms (median, 99 %, most), failures, bytes of
-- an answer's body and head together, requests.
function report(summary, latency)
	local e = summary.errors
	local failed = e.connect + e.read + e.write + e.timeout + e.status
	io.write(string.format("RESULT %.1f %.2f %.2f %.2f %d %d %d\n",
		summary.requests * 1e6 / summary.duration, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
		latency.max / 1000, failed, summary.requests > 0 and summary.bytes / summary.requests or 0, summary.requests))
end
