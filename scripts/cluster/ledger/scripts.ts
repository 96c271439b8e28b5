/**
 * The shared ledger's steps as Lua: Redis runs each as one, by its own clock. A member of `grants` is `<file>|<bytes>|<nonce>`; its score
 * is the time of the grant in milliseconds.
 */

/** `now`: Redis' time, or that of a test. Numbers of 53 bits are exact in Lua, too. */
const CLOCK = `
local function clock(given)
  if given ~= '' then return tonumber(given) end
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end
local function bytesOf(member)
  return tonumber(string.match(member, '|(%d+)|'))
end
`;

/** Takes out what does not count any more, and settles what was never answered: it may have been granted until its lease ended. */
const TIDY = `
local function tidy(grants, flight, state, now, period)
  for _, member in ipairs(redis.call('ZRANGEBYSCORE', flight, '-inf', now)) do
    redis.call('ZADD', grants, 'XX', redis.call('ZSCORE', flight, member), member)
    redis.call('ZREM', flight, member)
  end
  while true do
    local old = redis.call('ZRANGEBYSCORE', grants, '-inf', now - period, 'LIMIT', 0, 500)
    if #old == 0 then break end
    local bytes = 0
    for _, member in ipairs(old) do
      bytes = bytes + bytesOf(member)
      redis.call('HDEL', state, 'open:' .. member)
    end
    redis.call('ZREM', grants, unpack(old))
    redis.call('HINCRBY', state, 'bytes', -bytes)
  end
end
`;

/**
 * Time from which on the account can be asked, and why not before. A grant that is in flight, or was answered late or never, happened at
 * some time between its reservation (`open:` in the state) and its end: it may join what came before with what came after to one run.
 */
const WHEN = `
local function paceAt(grants, flight, state, now, inARun, pause)
  if inARun >= 1000000 then return now end
  local flying = redis.call('ZCARD', flight)
  if flying >= inARun then return now + pause end
  local last = redis.call('ZREVRANGE', grants, 0, inARun + flying, 'WITHSCORES')
  local spans = {}
  for _, member in ipairs(redis.call('ZRANGE', flight, 0, -1)) do
    table.insert(spans, {tonumber(redis.call('HGET', state, 'open:' .. member) or now), now})
  end
  for i = 1, #last, 2 do
    if not redis.call('ZSCORE', flight, last[i]) then
      local ended = tonumber(last[i + 1])
      table.insert(spans, {tonumber(redis.call('HGET', state, 'open:' .. last[i]) or ended), ended})
    end
  end
  if #spans == 0 then return now end
  local run, edge = 0, spans[1][2]
  for _, span in ipairs(spans) do
    if run >= inARun or edge - span[2] > pause then break end
    run = run + 1
    edge = math.min(edge, span[1])
  end
  if run < inARun then return now end
  return spans[1][2] + pause
end
local function roomAt(grants, state, now, period, bytes, maxFiles, maxBytes)
  if bytes > maxBytes or maxFiles < 1 then return math.huge end
  local files = redis.call('ZCARD', grants)
  local volume = tonumber(redis.call('HGET', state, 'bytes') or '0')
  local from = 0
  local free = now
  while files >= maxFiles or volume + bytes > maxBytes do
    local page = redis.call('ZRANGE', grants, from, from + 499, 'WITHSCORES')
    if #page == 0 then break end
    for i = 1, #page, 2 do
      files = files - 1
      volume = volume - bytesOf(page[i])
      free = tonumber(page[i + 1]) + period
      if files < maxFiles and volume + bytes <= maxBytes then break end
    end
    from = from + 500
  end
  return free
end
`;

/**
 * KEYS: the file, then grants, flight and state of each account, then what is known of the queue. ARGV: now, inARun, pause, maxFiles,
 * maxBytes, period, lease, file, bytes, nonce, id of the queue or nothing. Of the accounts that can be asked the one with most room.
 * Returns {place of the account from 1, member}, {0, why, wait}, or {-1} where the queue is not the same any more.
 */
export const RESERVE = `${CLOCK}${TIDY}${WHEN}
if ARGV[11] ~= '' and redis.call('HGET', KEYS[#KEYS], 'id') ~= ARGV[11] then return {-1} end
local now = clock(ARGV[1])
local inARun, pause, maxFiles, maxBytes = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local period, lease, bytes = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[9])
local heldUntil = tonumber(redis.call('HGET', KEYS[1], 'until') or '0')
if heldUntil > now then return {0, 'busy', string.format('%.0f', heldUntil - now)} end
local chosen, least, why, soonest = 0, math.huge, 'budget', math.huge
for account = 1, (#KEYS - 2) / 3 do
  local grants, flight, state = KEYS[account * 3 - 1], KEYS[account * 3], KEYS[account * 3 + 1]
  tidy(grants, flight, state, now, period)
  local times = {
    budget = roomAt(grants, state, now, period, bytes, maxFiles, maxBytes),
    refused = tonumber(redis.call('HGET', state, 'blockedUntil') or '0'),
    pace = paceAt(grants, flight, state, now, inARun, pause),
  }
  local from, reason = now, 'pace'
  for _, name in ipairs({'pace', 'refused', 'budget'}) do
    if times[name] > from then from, reason = times[name], name end
  end
  if from > now then
    if from < soonest then soonest, why = from, reason end
  else
    local used = tonumber(redis.call('HGET', state, 'bytes') or '0')
    if used < least then chosen, least = account, used end
  end
end
if chosen == 0 then
  if soonest == math.huge then return {0, why, 'never'} end
  return {0, why, string.format('%.0f', math.ceil(soonest - now))}
end
local member = ARGV[8] .. '|' .. ARGV[9] .. '|' .. ARGV[10]
redis.call('ZADD', KEYS[chosen * 3 - 1], now, member)
redis.call('ZADD', KEYS[chosen * 3], now + lease, member)
redis.call('HINCRBY', KEYS[chosen * 3 + 1], 'bytes', bytes)
redis.call('HSET', KEYS[chosen * 3 + 1], 'open:' .. member, now)
redis.call('HSET', KEYS[1], 'until', now + lease, 'grant', member)
redis.call('PEXPIRE', KEYS[1], math.max(lease * 2, 60000))
return {chosen, member, '0'}
`;

/** Lets go of the file if this grant holds it. */
const LET_GO = `
local function letGo(file, member)
  if redis.call('HGET', file, 'grant') == member then redis.call('DEL', file) end
end
`;

/** KEYS: file, grants, flight, state. ARGV: now, member, lease. 1, or 0 where the lease has lapsed. */
export const RENEW = `${CLOCK}
local now = clock(ARGV[1])
local ends = redis.call('ZSCORE', KEYS[3], ARGV[2])
if not ends or tonumber(ends) <= now then return 0 end
redis.call('ZADD', KEYS[3], now + tonumber(ARGV[3]), ARGV[2])
if redis.call('HGET', KEYS[1], 'grant') == ARGV[2] then redis.call('HSET', KEYS[1], 'until', now + tonumber(ARGV[3])) end
return 1
`;

/** KEYS as RENEW. ARGV: now, member, prompt: milliseconds within which an answer tells the time of its grant well enough. */
export const COMMIT = `${CLOCK}${LET_GO}
local now = clock(ARGV[1])
redis.call('ZADD', KEYS[2], 'XX', now, ARGV[2])
local opened = redis.call('HGET', KEYS[4], 'open:' .. ARGV[2])
if opened and now - tonumber(opened) <= tonumber(ARGV[3]) then redis.call('HDEL', KEYS[4], 'open:' .. ARGV[2]) end
redis.call('ZREM', KEYS[3], ARGV[2])
redis.call('HDEL', KEYS[4], 'refusals', 'blockedUntil')
letGo(KEYS[1], ARGV[2])
return 1
`;

/** KEYS as COMMIT. ARGV: now, member, and rests: milliseconds after the first, second, … refusal. Returns the rest, 0 without any. */
export const GIVE_BACK = `${CLOCK}${LET_GO}
if redis.call('ZREM', KEYS[2], ARGV[2]) == 1 then redis.call('HINCRBY', KEYS[4], 'bytes', -bytesOf(ARGV[2])) end
redis.call('ZREM', KEYS[3], ARGV[2])
redis.call('HDEL', KEYS[4], 'open:' .. ARGV[2])
letGo(KEYS[1], ARGV[2])
if #ARGV < 3 then return 0 end
local now = clock(ARGV[1])
local until_ = tonumber(redis.call('HGET', KEYS[4], 'blockedUntil') or '0')
-- Requests that were under way when the first was refused are not signs of their own.
local refusals = tonumber(redis.call('HGET', KEYS[4], 'refusals') or '0')
if until_ <= now then refusals = redis.call('HINCRBY', KEYS[4], 'refusals', 1) end
local rest = tonumber(ARGV[math.min(#ARGV, 2 + math.max(1, refusals))])
if until_ <= now then redis.call('HSET', KEYS[4], 'blockedUntil', now + rest) else rest = until_ - now end
return rest
`;

/** KEYS: grants, flight, state. ARGV: now, period. {files, bytes, in flight, rest in milliseconds} */
export const USE = `${CLOCK}${TIDY}
local now = clock(ARGV[1])
tidy(KEYS[1], KEYS[2], KEYS[3], now, tonumber(ARGV[2]))
local blocked = tonumber(redis.call('HGET', KEYS[3], 'blockedUntil') or '0')
return {redis.call('ZCARD', KEYS[1]), redis.call('HGET', KEYS[3], 'bytes') or '0', redis.call('ZCARD', KEYS[2]),
  string.format('%.0f', math.max(0, blocked - now))}
`;

/** KEYS: grants, state. ARGV: pairs of time and member. A file is granted once at a time, whatever its nonce. Returns how many were new. */
export const ADD = `${CLOCK}
local function isKnown(at, member)
  local file = string.match(member, '^[^|]*|')
  for _, known in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], at, at)) do
    if string.sub(known, 1, #file) == file then return true end
  end
  return false
end
local new = 0
for i = 1, #ARGV, 2 do
  if not isKnown(ARGV[i], ARGV[i + 1]) then
    redis.call('ZADD', KEYS[1], ARGV[i], ARGV[i + 1])
    new = new + 1
    redis.call('HINCRBY', KEYS[2], 'bytes', bytesOf(ARGV[i + 1]))
  end
end
return new
`;
