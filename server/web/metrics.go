package web

import (
	"net/http"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics count requests by route, never by path: a path holds ids, and a
// label per id would tell who is looked at.
type metrics struct {
	seconds *prometheus.HistogramVec
}

// Counts serve a registry at /metrics. They are no route of the application: how
// much a server is used, and when, is not everybody's.
func Counts(reg *prometheus.Registry) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(reg, promhttp.HandlerOpts{}))
	return mux
}

func newMetrics(reg *prometheus.Registry) *metrics {
	if reg == nil {
		return nil
	}
	m := &metrics{seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name:    "jiangtai_http_request_seconds",
		Help:    "Time to answer HTTP requests, by route and status.",
		Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
	}, []string{"method", "route", "status"})}
	reg.MustRegister(m.seconds)
	return m
}

func (m *metrics) observe(c *fiber.Ctx, took time.Duration) {
	if m == nil {
		return
	}
	route := c.Route().Path
	status := c.Response().StatusCode()
	if status == fiber.StatusNotFound || status == fiber.StatusMethodNotAllowed {
		route = "none"
	}
	m.seconds.WithLabelValues(c.Method(), route, strconv.Itoa(status)).Observe(took.Seconds())
}
