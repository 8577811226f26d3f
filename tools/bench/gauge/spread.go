package gauge

import "jiangtai/server/rehearsal/pulse"

// Spread collects durations and gives their quantiles.
type Spread = pulse.Spread
