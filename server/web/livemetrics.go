package web

import (
	"github.com/prometheus/client_golang/prometheus"

	"jiangtai/server/hub"
)

// hubMetrics reads the hub's counts when it is asked for them.
type hubMetrics struct {
	hub    *hub.Hub
	descs  []*prometheus.Desc
	kinds  []prometheus.ValueType
	values []func(hub.Stats) float64
}

func newHubMetrics(h *hub.Hub) *hubMetrics {
	m := &hubMetrics{hub: h}
	m.add("sockets", "Connections of the live feed.", prometheus.GaugeValue, func(s hub.Stats) int64 { return s.Readers })
	m.add("sockets_waiting", "Connections that take nothing at the moment.", prometheus.GaugeValue, func(s hub.Stats) int64 { return s.Waiting })
	m.add("frames_total", "Frames delivered, one for each reader.", prometheus.CounterValue, func(s hub.Stats) int64 { return s.Frames })
	m.add("writes_total", "Writes that frames, snapshots and beats took.", prometheus.CounterValue, func(s hub.Stats) int64 { return s.Writes })
	m.add("snapshots_total", "Snapshots delivered.", prometheus.CounterValue, func(s hub.Stats) int64 { return s.Snapshots })
	m.add("beats_total", "Heartbeats sent.", prometheus.CounterValue, func(s hub.Stats) int64 { return s.Beats })
	m.add("bytes_total", "Bytes written to the live feed.", prometheus.CounterValue, func(s hub.Stats) int64 { return s.Bytes })
	m.add("rounds_total", "Walks of a writer over the readers of what was published.", prometheus.CounterValue, func(s hub.Stats) int64 { return s.Rounds })
	m.addFloat("round_seconds_total", "Time that these walks took together: how far the last reader is behind.", prometheus.CounterValue,
		func(s hub.Stats) float64 { return s.Walked.Seconds() })
	return m
}

func (m *hubMetrics) add(name, help string, kind prometheus.ValueType, value func(hub.Stats) int64) {
	m.addFloat(name, help, kind, func(s hub.Stats) float64 { return float64(value(s)) })
}

func (m *hubMetrics) addFloat(name, help string, kind prometheus.ValueType, value func(hub.Stats) float64) {
	m.descs = append(m.descs, prometheus.NewDesc("jiangtai_live_"+name, help, nil, nil))
	m.kinds = append(m.kinds, kind)
	m.values = append(m.values, value)
}

// Describe is Prometheus's.
func (m *hubMetrics) Describe(out chan<- *prometheus.Desc) {
	for _, d := range m.descs {
		out <- d
	}
}

// Collect is Prometheus's.
func (m *hubMetrics) Collect(out chan<- prometheus.Metric) {
	s := m.hub.Stats()
	for i, d := range m.descs {
		out <- prometheus.MustNewConstMetric(d, m.kinds[i], m.values[i](s))
	}
}
