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
	seconds *prometheus.HistogramVec
	records prometheus.Histogram
}

func newMeterForJudging(reg *prometheus.Registry) clerk.Meter {
	if reg == nil {
		return nil
	}
	m := meterForJudging{
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "jiangtai_mark_stage_seconds",
			Help:    "Time that a commit of a ledger took, by stage: queue (the record that waited longest), check (until signed), commit (until durable), apply (board, followers, receipts).",
			Buckets: prometheus.ExponentialBuckets(0.00001, 4, 10), // 10 µs to 2.6 s
		}, []string{"stage"}),
		records: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name:    "jiangtai_mark_commit_records",
			Help:    "Records of one commit of a ledger.",
			Buckets: prometheus.ExponentialBuckets(1, 2, 10),
		}),
	}
	reg.MustRegister(m.seconds, m.records)
	for stage := range stagesOf(clerk.Stages{}) {
		m.seconds.WithLabelValues(stage) // there from the start, at zero
	}
	return m
}

// Took is judging's.
func (m meterForJudging) Took(s clerk.Stages) {
	for stage, took := range stagesOf(s) {
		m.seconds.WithLabelValues(stage).Observe(took.Seconds())
	}
	m.records.Observe(float64(s.Records))
}

func stagesOf(s clerk.Stages) map[string]time.Duration {
	return map[string]time.Duration{"queue": s.Waited, "check": s.Checked, "commit": s.Stored, "apply": s.Applied}
}
