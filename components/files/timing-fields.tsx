"use client";

import { type FileTiming, weekdays } from "@/core/files/timing";
import { Input, Select } from "../ui/input";

interface TimingFieldsProps {
  timing: FileTiming;
  onChange: (timing: FileTiming) => void;
}

const usualClock = "09:00";
const clockOf = (timing: FileTiming) => (timing.every === "hour" ? usualClock : timing.at);

function timingOf(every: string, timing: FileTiming): FileTiming {
  if (every === "hour") return { every, minute: 0 };
  if (every === "week") return { every, on: "monday", at: clockOf(timing) };
  return { every: "day", at: clockOf(timing) };
}

/** When, as words of a sentence that can be chosen. */
export function TimingFields({ timing, onChange }: TimingFieldsProps) {
  return (
    <>
      <Select
        aria-label="How often"
        className="w-32"
        value={timing.every}
        onChange={({ target }) => onChange(timingOf(target.value, timing))}
      >
        <option value="hour">every hour</option>
        <option value="day">every day</option>
        <option value="week">every week</option>
      </Select>
      {timing.every === "week" && (
        <>
          <span>on</span>
          <Select
            aria-label="Day of the week"
            className="w-36"
            value={timing.on}
            onChange={({ target }) => {
              const on = weekdays.find((day) => day === target.value);
              if (on) onChange({ ...timing, on });
            }}
          >
            {weekdays.map((day) => (
              <option key={day} value={day}>
                {day.charAt(0).toUpperCase() + day.slice(1)}
              </option>
            ))}
          </Select>
        </>
      )}
      <span>at</span>
      {timing.every === "hour" ? (
        <>
          <Input
            aria-label="Minutes past the hour"
            type="number"
            min={0}
            max={59}
            required
            className="w-18 tabular-nums"
            value={Number.isNaN(timing.minute) ? "" : timing.minute}
            onChange={({ target }) => onChange({ every: "hour", minute: target.valueAsNumber })}
          />
          <span>minutes past</span>
        </>
      ) : (
        <Input
          aria-label="Time of the day"
          type="time"
          required
          className="w-32 tabular-nums max-desk:w-38"
          value={timing.at}
          onChange={({ target }) => onChange({ ...timing, at: target.value })}
        />
      )}
    </>
  );
}
