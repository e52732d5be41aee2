-- One request of a program to the quota of a network. All times are milliseconds of the server's clock.
--
-- The key is a hash:
--   rate                         calls/window
--   run                          the run of the server that wrote last
--   closed, pause                nothing is granted before
--   hold                         the longest time for which slots were granted
--   c:CLIENT                     last request, granted, wanted, since, due, seen, name
--   s:CLIENT:REQUEST:INDEX       when that slot is free
local key, client, name = KEYS[1], ARGV[1], ARGV[2]
local id, want, hold, pause = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local total, window = tonumber(ARGV[7]), tonumber(ARGV[8])
local FIRST_ENDED = 9
local KEEP = 7 * 24 * 3600 * 1000
local patience = math.max(window / 10, 50)
local rate = ARGV[7] .. '/' .. ARGV[8]

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')

local meta, slots, held, clients, set, del = {}, {}, {}, {}, {}, {}

local function text(number)
  return string.format('%.0f', number)
end

local function owner(field)
  return string.match(field, '^s:([^:]+):')
end

local function free_slot(field)
  local of = owner(field)
  slots[field], set[field], held[of] = nil, nil, held[of] - 1
  del[field] = true
end

local function set_slot(field, free)
  local of = owner(field)
  if not slots[field] then held[of] = (held[of] or 0) + 1 end
  slots[field], set[field], del[field] = free, text(free), nil
end

local function read()
  local all = redis.call('HGETALL', key)
  for i = 1, #all, 2 do
    local field, value = all[i], all[i + 1]
    local kind = string.sub(field, 1, 2)
    if kind == 's:' then
      local of = owner(field)
      slots[field], held[of] = tonumber(value), (held[of] or 0) + 1
    elseif kind == 'c:' then
      local last, granted, wanted, since, due, seen = string.match(value, '^(%d+) (%d+) (%d+) (%d+) (%d+) (%d+)')
      clients[string.sub(field, 3)] = {
        last = tonumber(last), granted = tonumber(granted), want = tonumber(wanted),
        since = tonumber(since), due = tonumber(due), seen = tonumber(seen),
      }
    else
      meta[field] = value
    end
  end
end

read()

-- A server that was restarted, or has taken over from another one, may have lost what happened last; a key that is gone
-- was lost or never there. All calls that may be forgotten are over after the longest hold and two windows.
local closed, longest = tonumber(meta.closed or '0'), math.max(hold, tonumber(meta.hold or '0'))
local is_new = meta.run ~= run
if is_new then
  closed = now + longest + 2 * window + 1
  redis.call('DEL', key)
  slots, held, clients = {}, {}, {}
end

for field, free in pairs(slots) do
  if free <= now then free_slot(field) end
end
for other, state in pairs(clients) do
  if other ~= client and (held[other] or 0) == 0 and math.max(state.due, state.seen) + window < now then
    clients[other] = nil
    del['c:' .. other] = true
  end
end

if not is_new and meta.rate ~= rate and (next(slots) or next(clients)) then
  return {'rate', meta.rate}
end

local paused = math.max(tonumber(meta.pause or '0'), pause > 0 and now + pause or 0)
local me = clients[client] or {last = 0, granted = 0, want = 0, since = now, due = 0, seen = 0}

local function slot_field(index)
  return 's:' .. client .. ':' .. ARGV[3] .. ':' .. index
end

local function finish(reply)
  clients[client] = me
  set.rate, set.run, set.closed, set.pause, set.hold = rate, run, text(closed), text(paused), text(longest)
  set['c:' .. client] = table.concat({
    text(me.last), text(me.granted), text(me.want), text(me.since), text(me.due), text(me.seen), name,
  }, ' ')
  for field in pairs(del) do redis.call('HDEL', key, field) end
  for field, value in pairs(set) do redis.call('HSET', key, field, value) end
  redis.call('PEXPIRE', key, text(KEEP))
  return reply
end

-- A request that came late changes nothing.
if id < me.last then return {'granted', 0, 0} end

for i = FIRST_ENDED, #ARGV, 3 do
  local field = 's:' .. client .. ':' .. ARGV[i]
  local windows, age = tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2])
  if slots[field] then
    -- The clock of this moment is rounded down.
    local free = math.min(slots[field], now - age + windows * window + 1)
    if windows == 0 or free <= now then free_slot(field) else set_slot(field, free) end
  end
end

-- A request that comes again is granted once.
if id == me.last and me.granted > 0 then
  local are_held = true
  for index = 0, me.granted - 1 do are_held = are_held and slots[slot_field(index)] ~= nil end
  if are_held then
    for index = 0, me.granted - 1 do
      local field = slot_field(index)
      set_slot(field, math.max(slots[field], now + hold + 2 * window + 1))
    end
    return finish({'granted', me.granted, 0})
  end
end

local is_waiting = me.want > 0 and me.due + patience > now
me = {last = id, granted = 0, want = 0, since = is_waiting and me.since or now, due = 0, seen = 0}
if want == 0 then return finish({'granted', 0, 0}) end
me.seen = now
if closed > now then return finish({'closed', closed - now}) end
if paused > now then return finish({'paused', paused - now}) end

local active = 1
for other, state in pairs(clients) do
  if other ~= client and math.max(state.seen, state.due) + window > now then active = active + 1 end
end
local share = math.max(math.floor(total / active), 1)
-- What others wait for, up to their share: all of it, and by those who wait for longer.
local reserved, reserved_before, waiting = 0, 0, 0
for other, state in pairs(clients) do
  if other ~= client and state.want > 0 and state.due + patience > now then
    local wanted = math.min(state.want, math.max(share - (held[other] or 0), 0))
    waiting, reserved = waiting + 1, reserved + wanted
    if state.since < me.since then reserved_before = reserved_before + wanted end
  end
end

local used = 0
for _, count in pairs(held) do used = used + count end
local free = math.max(total - used, 0)
local below = math.max(share - (held[client] or 0), 0)
local granted = math.min(want, below, math.max(free - reserved_before, 0))
if granted == below then
  granted = granted + math.min(want - granted, math.max(free - granted - reserved, 0))
end
for index = 0, granted - 1 do set_slot(slot_field(index), now + hold + 2 * window + 1) end

-- The next slot for this program is the one after those that are promised to others: one each, at least.
local promised = math.max(waiting, granted < below and reserved_before or reserved)
local ahead, wait = promised - (free - granted), 0
if ahead >= 0 then
  local returns = {}
  for _, at in pairs(slots) do returns[#returns + 1] = at end
  table.sort(returns)
  -- A slot in flight may be returned within a window.
  local at = math.min(returns[ahead + 1] or now + window, now + window)
  wait = math.max(at - now, window / total)
end
wait = math.ceil(wait)
me.granted, me.want, me.due = granted, want - granted, now + wait
if granted > 0 then me.since = now end
if granted > 0 or wait == 0 then return finish({'granted', granted, wait}) end
return finish({'wait', wait})
