package socket

import (
	"encoding/json"

	"jiangtai/server/fault"
	"jiangtai/server/hub"
	"jiangtai/server/web"
)

// message is all that a client may say.
type message struct {
	Subscribe   []string        `json:"subscribe"`
	Unsubscribe []string        `json:"unsubscribe"`
	From        json.RawMessage `json:"from"`
}

// place is where a client says that it is. Negative and missing numbers are
// nowhere, which gets a snapshot.
type place struct {
	Epoch int64 `json:"epoch"`
	N     int64 `json:"n"`
}

func (p place) at() hub.At {
	if p.Epoch < 0 || p.N < 0 {
		return hub.At{}
	}
	return hub.At{Epoch: uint64(p.Epoch), N: uint64(p.N)}
}

// from is one place for all topics of the message, or a place a topic.
type from struct {
	all   place
	each  map[string]place
	whole bool
}

func (f from) at(topic string) hub.At {
	if f.whole {
		return f.all.at()
	}
	return f.each[topic].at()
}

// parse reads a message strictly.
func parse(body []byte) (message, from, error) {
	var m message
	var f from
	if err := web.DecodeBytes(body, &m); err != nil {
		return m, f, err
	}
	if len(m.From) == 0 || string(m.From) == "null" {
		return m, f, nil
	}
	if web.DecodeBytes(m.From, &f.all) == nil {
		f.whole = true
		return m, f, nil
	}
	return m, f, web.DecodeBytes(m.From, &f.each)
}

type refusal struct {
	Code  string `json:"code"`
	Topic string `json:"topic,omitempty"`
}

// errorFrame is what a client gets instead of a topic.
func errorFrame(err error, topic string) []byte {
	body, _ := json.Marshal(map[string]refusal{"error": {Code: fault.Code(err), Topic: topic}})
	return Text(body)
}
