package contest

import "time"

// Zone is the time of the city (北京时间): UTC+8 all year round since 1992, all of
// China keeps one. It is fixed, so that no machine needs a table of zones, and not
// to be changed.
var Zone = time.FixedZone("CST", 8*60*60)

// DayOf is the city's day at a moment, as days are kept: UTC midnight.
func DayOf(at time.Time) time.Time {
	y, m, d := at.In(Zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// EndOf is the moment at which a day has ended in the city.
func EndOf(day time.Time) time.Time {
	y, m, d := day.Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, Zone)
}
