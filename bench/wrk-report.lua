-- wrk prints rounded figures with changing units; this adds one JSON line with the exact ones.
-- It defines neither `request` nor `response`, so wrk keeps its fast path while measuring.
done = function(summary, latency, requests)
    local errors = summary.errors
    io.stderr:write(string.format(
        '{"requests": %d, "duration_us": %d, "p50_us": %d, "p99_us": %d, "failures": %d}\n',
        summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
        errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
