-- POSTs, again and again. Arguments: how many accounts take turns, the body, then "Name: value" for each header; {account}
-- in a header becomes the account's number. Prints a line of JSON at the end.

wrk.method = "POST"

local requests, turn = {}, 0

function init(args)
  wrk.body = args[2]
  for account = 0, tonumber(args[1]) - 1 do
    for i = 3, #args do
      local name, value = args[i]:match("^([^:]+): (.*)$")
      wrk.headers[name] = value:gsub("{account}", account)
    end
    requests[#requests + 1] = wrk.format()
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '{"requests":%d,"micros":%d,"p50Micros":%d,"p99Micros":%d,"failed":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
