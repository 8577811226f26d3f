package judging

import (
	"strconv"

	"jiangtai/server/fault"
)

// drained refuses while a tablet has marks that have not come: holes in its
// counting, or an outbox that it said is not empty. The lock is held.
func (d *Desk) drained(c *clerk) error {
	var fields []fault.Field
	for _, s := range d.devices(c) {
		if n := s.Pending + len(s.Holes); n > 0 {
			fields = append(fields, fault.At(s.Device.String(), "judging.outbox", strconv.Itoa(n)))
		}
	}
	if len(fields) == 0 {
		return nil
	}
	return fault.New(fault.Refused, "judging.outbox", fields...)
}
