package wiring

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"jiangtai/server/judging/clerk"
)

// meterForJudging is judging's Meter: the stages of a mark's way for Prometheus. No
// label names an event: what is going on in which one is not for those who watch
// machines.
type meterForJudging struct {
	queue, check, commit, apply prometheus.Observer // found once: a commit looks nothing up
	records                     prometheus.Histogram
}

func newMeterForJudging(reg *prometheus.Registry) clerk.Meter {
	if reg == nil {
		return nil
	}
	seconds := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name:    "jiangtai_mark_stage_seconds",
		Help:    "Time that a commit of a ledger took, by stage: queue (the record that waited longest), check (until signed), commit (until durable), apply (board, followers, receipts).",
		Buckets: prometheus.ExponentialBuckets(0.00001, 4, 10), // 10 µs to 2.6 s
	}, []string{"stage"})
	m := meterForJudging{
		queue: seconds.WithLabelValues("queue"), check: seconds.WithLabelValues("check"),
		commit: seconds.WithLabelValues("commit"), apply: seconds.WithLabelValues("apply"),
		records: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name:    "jiangtai_mark_commit_records",
			Help:    "Records of one commit of a ledger.",
			Buckets: prometheus.ExponentialBuckets(1, 2, 10),
		}),
	}
	reg.MustRegister(seconds, m.records)
	return m
}

// Took is judging's.
func (m meterForJudging) Took(s clerk.Stages) {
	m.queue.Observe(s.Waited.Seconds())
	m.check.Observe(s.Checked.Seconds())
	m.commit.Observe(s.Stored.Seconds())
	m.apply.Observe(s.Applied.Seconds())
	m.records.Observe(float64(s.Records))
}

// newLagOfLive counts how far the live feed's last reader is behind what was applied.
func newLagOfLive(reg *prometheus.Registry) func(time.Duration) {
	if reg == nil {
		return nil
	}
	lag := prometheus.NewHistogram(prometheus.HistogramOpts{
		Name:    "jiangtai_live_lag_seconds",
		Help:    "Time from a change of a topic until its last reader that takes anything was written to.",
		Buckets: prometheus.ExponentialBuckets(0.0001, 3, 10), // 0.1 ms to 2 s
	})
	reg.MustRegister(lag)
	return func(d time.Duration) { lag.Observe(d.Seconds()) }
}
