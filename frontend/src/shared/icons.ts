/** Outlines on a 24 × 24 grid, drawn by AppIcon; one constant each, so that a page carries only those it shows. */
export const back = 'M15 5l-7 7 7 7'
export const forward = 'M9 5l7 7-7 7'
export const tick = 'M5 13l4.5 4.5L19 7'
export const cross = 'M6 6l12 12M18 6L6 18'
export const plus = 'M12 5v14M5 12h14'
export const minus = 'M5 12h14'
export const undo = 'M9 7L4 12l5 5M4 12h10a6 6 0 0 1 6 6v1'
export const more =
  'M5 11.3a.7.7 0 1 1 0 1.4a.7.7 0 1 1 0-1.4M12 11.3a.7.7 0 1 1 0 1.4a.7.7 0 1 1 0-1.4M19 11.3a.7.7 0 1 1 0 1.4a.7.7 0 1 1 0-1.4'
export const erase = 'M9 5h11v14H9l-6-7zM12 9.5l5 5M17 9.5l-5 5'
export const gear = 'M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5'
export const note = 'M5 19h4L19.5 8.5l-4-4L5 15zM13.5 6.5l4 4'
export const cloud = 'M7 18a4.5 4.5 0 0 1-.5-8.97 6 6 0 0 1 11.4 1.5A3.8 3.8 0 0 1 17.5 18zM9 13.5l2.2 2.2 4-4'
export const upload =
  'M7 18a4.5 4.5 0 0 1-.5-8.97 6 6 0 0 1 11.4 1.5A3.8 3.8 0 0 1 17.5 18M12 20v-8M8.8 14.8L12 11.6l3.2 3.2'
export const offline =
  'M3 3l18 18M8.5 16.4a5 5 0 0 1 7 0M5 12.9a10 10 0 0 1 5.2-2.7M19 12.9a10 10 0 0 0-3-2M2 8.8a15 15 0 0 1 4.2-2.6M22 8.8A15 15 0 0 0 11 5'
export const warning = 'M12 4L2.5 20h19zM12 10v4.5M12 17.5h.01'
export const lock = 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3'
export const bell = 'M6 17V11a6 6 0 0 1 12 0v6l1.5 2h-15zM10 21.5h4'
