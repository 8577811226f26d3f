package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"jiangtai/server/rehearsal/drill"
)

// Light is how good a figure is.
type Light string

// The lights; Grey is what could not be looked at.
const (
	Green  Light = "green"
	Yellow Light = "yellow"
	Red    Light = "red"
	Grey   Light = "grey"
)

// Text is what is said, in both languages.
type Text struct {
	Zh string `json:"zh"`
	En string `json:"en"`
}

// Line is one figure beside its goal.
type Line struct {
	Light  Light `json:"light"`
	What   Text  `json:"what"`
	Figure Text  `json:"figure"`
	Goal   Text  `json:"goal"`
	Do     Text  `json:"do"` // what to do about it; empty while green
}

// same is a text that is the same in both languages.
func same(s string) Text { return Text{s, s} }

// within is green up to a goal, yellow up to a limit, both in milliseconds.
func within(ms, goal, limit float64) Light {
	switch {
	case ms <= goal:
		return Green
	case ms <= limit:
		return Yellow
	}
	return Red
}

// worse is the worse of two lights.
func worse(a, b Light) Light {
	order := []Light{Green, Grey, Yellow, Red}
	if slices.Index(order, a) > slices.Index(order, b) {
		return a
	}
	return b
}

// seconds is a time in words.
func seconds(ms float64) string {
	switch {
	case ms < 10:
		return fmt.Sprintf("%.3f", ms/1000)
	case ms < 1000:
		return fmt.Sprintf("%.2f", ms/1000)
	}
	return fmt.Sprintf("%.1f", ms/1000)
}

// codes lists counts by code.
func codes(list map[string]int) string {
	var out []string
	for _, k := range slices.Sorted(maps.Keys(list)) {
		out = append(out, fmt.Sprintf("%s × %d", k, list[k]))
	}
	return strings.Join(out, ", ")
}

func sum(list map[string]int) int {
	n := 0
	for _, v := range list {
		n += v
	}
	return n
}

// linesOf holds a result against the goals, the most important first.
func linesOf(r drill.Result) []Line {
	return []Line{kept(r), returned(r), boards(r), way(r), receipt(r), flushed(r), back(r), there(r), retried(r), machine(r)}
}

func kept(r drill.Result) Line {
	c := r.Compared
	lost := c.Missing + c.Twice + c.Moved + r.Marks.Differed
	l := Line{
		Light: Green, What: Text{"分数一个不少", "No mark is lost"}, Goal: Text{"0 个丢失，0 个重复", "0 lost, 0 twice"},
		Figure: Text{
			fmt.Sprintf("%d 个分数有回执，账本里 %d 个；丢失 %d，重复 %d", r.Marks.Received, c.Records, c.Missing, c.Twice+c.Moved+r.Marks.Differed),
			fmt.Sprintf("%d marks have a receipt, %d are in the ledgers; %d lost, %d twice", r.Marks.Received, c.Records, c.Missing, c.Twice+c.Moved+r.Marks.Differed),
		},
	}
	switch {
	case !c.Done:
		l.Light, l.Figure = Grey, Text{"没有比对到", "was not compared"}
		l.Do = Text{"演练在比对之前就结束了，请再做一次。", "The rehearsal ended before the comparison; run it again."}
	case lost > 0:
		l.Light = Red
		l.Do = Text{"不要开赛。保存这份报告、服务器日志和数据文件夹，联系开发者。", "Do not open. Keep this report, the server's log and its data folder, and ask the developers."}
	}
	return l
}

func returned(r drill.Result) Line {
	n := sum(r.Marks.Returned)
	l := Line{
		Light: Green, What: Text{"没有分数被退回或积压", "No mark is returned or left behind"}, Goal: Text{"退回 0，积压 0", "0 returned, 0 left"},
		Figure: Text{fmt.Sprintf("退回 %d，积压 %d", n, r.Marks.Unsent), fmt.Sprintf("%d returned, %d left", n, r.Marks.Unsent)},
	}
	switch {
	case n > 0:
		l.Light = Red
		l.Do = Text{"服务器拒收了正常的分数：" + codes(r.Marks.Returned), "The server refused good marks: " + codes(r.Marks.Returned)}
	case r.Marks.Unsent > 0:
		l.Light = Yellow
		l.Do = Text{"结束 40 秒后发件箱仍未清空：服务器或网络太慢。先看下面的“重发”和“回执”。", "Outboxes were not empty 40 s after the end: the server or the network is too slow. Look at “sent again” and “receipts” below."}
	}
	return l
}

func boards(r drill.Result) Line {
	c := r.Compared
	l := Line{
		Light: Green, What: Text{"每部手机的排名都与服务器一致", "Every phone shows what the server has"}, Goal: Text{"0 部不一致", "0 differ"},
		Figure: Text{
			fmt.Sprintf("%d 部手机、%d 个榜，逐字节比对：%d 部不一致，断档 %d 次", c.Phones, c.Boards, c.Behind, r.Phones.Holes),
			fmt.Sprintf("%d phones, %d boards, byte by byte: %d differ, %d holes", c.Phones, c.Boards, c.Behind, r.Phones.Holes),
		},
	}
	switch {
	case !c.Done:
		l.Light, l.Figure = Grey, Text{"没有比对到", "was not compared"}
		l.Do = Text{"演练在比对之前就结束了，请再做一次。", "The rehearsal ended before the comparison; run it again."}
	case r.Phones.Holes > 0 || c.Behind > c.Phones/100:
		l.Light = Red
		l.Do = Text{"有手机显示旧排名。保存报告和服务器日志，联系开发者。", "Phones show an old board. Keep the report and the server's log, and ask the developers."}
	case c.Behind > 0:
		l.Light = Yellow
		l.Do = Text{"这些手机在结束时还没连回来。看“断线重连”。", "These phones had not come back at the end. Look at “coming back”."}
	}
	return l
}

var slower = Text{
	"让服务器独占一台机器（至少 4 核），演练程序放在另一台电脑上；场馆用有线网络；再做一次。",
	"Give the server a machine of its own (4 cores or more), rehearse from another computer, use cables in the hall, and run it again.",
}

func way(r drill.Result) Line {
	q := r.Phones.Way
	l := Line{
		What: Text{"打分到手机", "From a tap to a phone"}, Goal: Text{"95% ≤ 0.25 秒，99% ≤ 1 秒", "95% ≤ 0.25 s, 99% ≤ 1 s"},
		Figure: Text{
			fmt.Sprintf("95%% 在 %s 秒内，99%% 在 %s 秒内，最慢 %s 秒", seconds(q.P95), seconds(q.P99), seconds(q.Most)),
			fmt.Sprintf("95%% within %s s, 99%% within %s s, the slowest %s s", seconds(q.P95), seconds(q.P99), seconds(q.Most)),
		},
		Light: worse(within(q.P95, 250, 1000), within(q.P99, 1000, 3000)),
	}
	if !r.Made && q.Count > 0 {
		// Its schemes may show a mark only with those of its panel: such a wait is no fault.
		l.Light, l.Goal = Green, Text{"只供参考：有的分数要等同组都给了才上榜", "for information: a mark may wait for its panel's others"}
		return l
	}
	return orNothing(l, q, slower)
}

func receipt(r drill.Result) Line {
	q := r.Marks.Receipt
	l := Line{
		What: Text{"裁判等回执", "A judge waits for the receipt"}, Goal: Text{"99% ≤ 0.25 秒", "99% ≤ 0.25 s"},
		Figure: Text{
			fmt.Sprintf("95%% 在 %s 秒内，99%% 在 %s 秒内", seconds(q.P95), seconds(q.P99)),
			fmt.Sprintf("95%% within %s s, 99%% within %s s", seconds(q.P95), seconds(q.P99)),
		},
		Light: within(q.P99, 250, 1000),
	}
	return orNothing(l, q, Text{
		"分数不会丢，但裁判会看到“发送中”。检查服务器的硬盘（要固态硬盘）和 CPU。" + slower.Zh,
		"No mark is lost, but judges see “sending”. Look at the server's disk (it should be an SSD) and processor. " + slower.En,
	})
}

// orNothing is the line, with what to do unless it is green; grey when nothing was
// counted.
func orNothing(l Line, q drill.Quantiles, do Text) Line {
	switch {
	case q.Count == 0:
		l.Light, l.Figure = Grey, Text{"没有数据", "nothing came"}
	case l.Light != Green:
		l.Do = do
	}
	return l
}

func flushed(r drill.Result) Line {
	q := r.Marks.Flush
	l := Line{
		What: Text{"断网的平板回来后补交", "A tablet that was offline delivers"}, Goal: Text{"99% ≤ 10 秒", "99% ≤ 10 s"},
		Figure: Text{
			fmt.Sprintf("%d 台平板补交 %d 个分数，最慢一台 %s 秒", r.Marks.Flushes, r.Marks.Flushed, seconds(q.Most)),
			fmt.Sprintf("%d tablets brought %d marks, the slowest in %s s", r.Marks.Flushes, r.Marks.Flushed, seconds(q.Most)),
		},
		Light: within(q.P99, 10_000, 30_000),
	}
	return orNothing(l, q, slower)
}

func back(r drill.Result) Line {
	q := r.Phones.Back
	l := Line{
		What: Text{"手机断线重连", "A phone comes back"}, Goal: Text{"99% ≤ 15 秒（含等待）", "99% ≤ 15 s, waiting included"},
		Figure: Text{
			fmt.Sprintf("断开 %d 次，99%% 在 %s 秒内看到最新排名", r.Phones.Cut, seconds(q.P99)),
			fmt.Sprintf("cut off %d times, 99%% had the newest state within %s s", r.Phones.Cut, seconds(q.P99)),
		},
		Light: within(q.P99, 15_000, 30_000),
	}
	return orNothing(l, q, slower)
}

func there(r drill.Result) Line {
	p := r.Phones
	l := Line{
		Light: Green, What: Text{"手机连得上、不掉线", "Phones connect and stay"}, Goal: Text{"全部连上，0 次意外断开", "all of them, 0 lost"},
		Figure: Text{
			fmt.Sprintf("同时在线最多 %d / %d；连接失败 %d 次，意外断开 %d 次", p.Most, r.Spectators, p.Refused, p.Broken+p.Silent+sum(p.Closed)),
			fmt.Sprintf("at most %d of %d at one time; %d failed to connect, %d were lost", p.Most, r.Spectators, p.Refused, p.Broken+p.Silent+sum(p.Closed)),
		},
		Do: Text{
			"检查服务器的打开文件数上限（ulimit -n）、代理的连接数上限和无线网络。" + codes(p.Closed),
			"Look at the server's limit of open files (ulimit -n), the proxy's limit of connections, and the wireless network. " + codes(p.Closed),
		},
	}
	switch {
	case p.Most < r.Spectators*9/10:
		l.Light = Red
	case p.Most < r.Spectators*98/100-p.Cut/10 || p.Refused+p.Broken+p.Silent+sum(p.Closed) > 0:
		l.Light = Yellow
	default:
		l.Do = Text{}
	}
	return l
}

func retried(r drill.Result) Line {
	n := sum(r.Marks.Retries)
	l := Line{
		Light: Green, What: Text{"请求不必重发", "Requests get through at once"}, Goal: Text{"0 次", "0"},
		Figure: Text{fmt.Sprintf("重发 %d 次", n), fmt.Sprintf("%d sent again", n)},
	}
	if r.Marks.Again > 0 {
		l.Figure.Zh += fmt.Sprintf("；故意发两遍 %d 次，%d 次答复不同", r.Marks.Again, r.Marks.Differed)
		l.Figure.En += fmt.Sprintf("; %d sent twice on purpose, %d answered otherwise", r.Marks.Again, r.Marks.Differed)
	}
	if n > 0 {
		l.Light = Yellow
		if n*50 > r.Marks.Received {
			l.Light = Red
		}
		l.Do = Text{"平板自动重发了，分数没有丢。原因：" + codes(r.Marks.Retries), "Tablets sent them again by themselves; nothing was lost. Why: " + codes(r.Marks.Retries)}
	}
	return l
}

func machine(r drill.Result) Line {
	q := r.Lag
	l := Line{
		Light: Green, What: Text{"演练电脑自己够快", "The rehearsing computer keeps up"}, Goal: Text{"99% ≤ 0.05 秒", "99% ≤ 0.05 s"},
		Figure: Text{fmt.Sprintf("自己的迟滞：99%% 在 %s 秒内", seconds(q.P99)), fmt.Sprintf("its own lateness: 99%% within %s s", seconds(q.P99))},
	}
	if q.P99 > 50 {
		l.Light = Yellow
		l.Do = Text{
			"这台电脑忙不过来，上面的时间都偏长。演练时不要与服务器同在一台机器上，或减少手机数。",
			"This computer could not keep up, so the times above are too long. Do not rehearse on the server's own machine, or with fewer phones.",
		}
	}
	return l
}
