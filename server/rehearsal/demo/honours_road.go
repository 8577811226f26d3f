package demo

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"jiangtai/server/rehearsal"
)

// road is the order of a medal's steps.
var road = []string{
	"draft", "recommend", "congress", "unit_notice", "county_review", "opinions", "first_review", "second_review", "city_notice",
}

// bring takes a new nominee forward until he stands at a step.
func (h *Honouring) bring(ctx context.Context, p nominee, to string) (string, error) {
	id, err := h.nominate(ctx, p)
	if err != nil {
		return "", fmt.Errorf("%s: %w", p.name, err)
	}
	for _, step := range road[:slices.Index(road, to)] {
		if err := h.pass(ctx, id, step); err != nil {
			return id, fmt.Errorf("%s: %w", p.name, err)
		}
	}
	return id, nil
}

// pass takes a step as its people would.
func (h *Honouring) pass(ctx context.Context, id, step string) error {
	switch step {
	case "draft":
		return h.take(ctx, h.Union, id, step, "submit", nil)
	case "recommend":
		return h.take(ctx, h.Union, id, step, "pass", map[string]any{"for": 46, "against": 5, "abstain": 2})
	case "congress":
		sum, err := h.keep(ctx, h.Union, id, "职代会纪要.pdf", "Minutes of the staff congress, demonstration")
		if err != nil {
			return err
		}
		return h.take(ctx, h.Union, id, step, "pass", map[string]any{"for": 118, "against": 3, "abstain": 6, "held_on": h.day(-30), "document": sum})
	case "unit_notice":
		return h.ran(ctx, h.Office[0], step, "厂区东门公告栏、职工之家", id)
	case "county_review":
		return h.take(ctx, h.County, id, step, "pass", nil)
	case "opinions":
		if err := h.opinion(ctx, id, "public_security", "匠公函"); err != nil {
			return err
		}
		return h.take(ctx, h.Office[0], id, step, "pass", nil)
	case "first_review":
		return h.take(ctx, h.Office[0], id, step, "pass", map[string]any{"reason": "材料齐全，同意提交评审委员会"})
	case "second_review":
		for _, m := range h.Members {
			if err := h.vote(ctx, m, id, "for"); err != nil {
				return err
			}
		}
		return h.take(ctx, h.Office[1], id, step, "pass", nil)
	}
	return fmt.Errorf("nothing is done at %s", step) //nolint:err113 // a slip in this file
}

func (h *Honouring) opinion(ctx context.Context, id, department, letter string) error {
	return h.Office[0].Do(ctx, http.MethodPost, "/api/v1/honours/nominations/"+id+"/opinions", map[string]any{
		"department": department, "answer": "no_record", "number": letter + "〔" + h.day(0)[:4] + "〕18号", "given_on": h.day(-5), "expires_on": h.day(85),
	}, nil)
}

func (h *Honouring) vote(ctx context.Context, member *rehearsal.Client, id, choice string) error {
	return member.Do(ctx, http.MethodPost, "/api/v1/honours/nominations/"+id+"/votes", map[string]any{"choice": choice}, nil)
}

// The people of the demonstration; nobody is meant.
var (
	honoured = []nominee{
		{"梁志远", "JD-01", "front_line", []string{"front_line"}, "焊工，二十一年守在船台，主持改进厚板立焊工艺三项，带出高级工九人。"},
		{"欧阳晴川", "JX-01", "front_line", []string{"front_line", "woman"}, "地铁信号检修班长，带班两千四百天无责任事故，编写检修口诀推广到全线。"},
		{"雷远山", "JD-01", "front_line", []string{"front_line", "migrant_worker"}, "起重工，自制平衡吊具十一种，三次排除吊装险情。"},
		{"陶书韵", "JX-01", "front_line", []string{"woman"}, "轨道车辆调试技师，解决制动抖动等难题十四项。"},
	}
	listed = []nominee{
		{"卓凌峰", "JD-01", "front_line", []string{"front_line"}, "数控车工，把舵杆加工合格率从八成七提到九成九。"},
		{"阮小满", "JX-01", "front_line", []string{"front_line", "woman", "migrant_worker"}, "车站保洁到值班站长，牵头“早高峰十分钟”服务法。"},
		{"仇望舒", "JD-01", "front_line", []string{"non_public"}, "管系工，参与七艘清洁能源船舶建造。"},
	}
)

// conferred have gone the whole road and are on the register.
func (h *Honouring) conferred(ctx context.Context) error {
	list := make([]string, len(honoured))
	for i, p := range honoured {
		var err error
		if list[i], err = h.bring(ctx, p, "city_notice"); err != nil {
			return err
		}
	}
	if err := h.ran(ctx, h.Office[1], "city_notice", "《匠城工人报》、市总工会网站", list...); err != nil {
		return err
	}
	for _, id := range list {
		if err := h.take(ctx, h.Office[2], id, "approve", "pass", map[string]any{"reason": "主席办公会审定"}); err != nil {
			return err
		}
		if err := h.take(ctx, h.Office[0], id, "confer", "pass", nil); err != nil {
			return err
		}
	}
	return nil
}

// onNotice stand on a notice of the city that runs from today, and somebody has
// objected to one of them.
func (h *Honouring) onNotice(ctx context.Context) error {
	list := make([]string, len(listed))
	for i, p := range listed {
		var err error
		if list[i], err = h.bring(ctx, p, "city_notice"); err != nil {
			return err
		}
	}
	if err := h.show(ctx, h.Office[1], "city_notice", "市总工会网站、各区总工会公告栏", nil, list...); err != nil {
		return err
	}
	var running struct {
		Notices []struct{ ID, State string } `json:"notices"`
	}
	public := h.Union.As("")
	if err := public.Do(ctx, http.MethodGet, "/api/v1/public/notices", nil, &running); err != nil {
		return err
	}
	for _, n := range running.Notices {
		if n.State != "open" {
			continue
		}
		for _, said := range []map[string]any{
			{"nominee": list[2], "name": "曾秋实", "unit": "匠城造船厂", "contact": "（演示）", "text": "其中一艘船的管系工程由外单位承建，请核实业绩表述。"},
			{"nominee": list[0], "text": "听说加班不多。"},
		} {
			if err := public.Do(ctx, http.MethodPost, "/api/v1/public/notices/"+n.ID+"/objections", said, nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// onTheWay stand at the steps before, and some are out.
func (h *Honouring) onTheWay(ctx context.Context) error {
	for _, w := range []struct {
		nominee
		to    string
		after func(id string) error
	}{
		{nominee{"骆闻笛", "JD-01", "front_line", []string{"front_line"}, ""}, "draft", nil},
		{nominee{"尹白露", "JX-01", "front_line", []string{"front_line", "woman"}, "屏蔽门检修工。"}, "recommend", nil},
		{nominee{"展鹏程", "JD-01", "front_line", []string{"front_line", "migrant_worker"}, "脚手架工，二十年零坠落。"}, "congress", nil},
		{nominee{"戚暮云", "JX-01", "front_line", []string{"woman"}, "调度员。"}, "unit_notice", func(id string) error {
			return h.show(ctx, h.Union, "unit_notice", "控制中心一楼大厅", nil, id)
		}},
		{nominee{"岳承平", "JD-01", "front_line", []string{"front_line"}, "涂装工。"}, "county_review", nil},
		{nominee{"滕若谷", "JX-01", "front_line", []string{"front_line"}, "接触网工。"}, "county_review", func(id string) error {
			return h.take(ctx, h.County, id, "county_review", "return", map[string]any{"reason": "事迹请补充近三年的业绩"})
		}},
		{nominee{"邬长风", "JD-01", "enterprise_head", []string{"enterprise_head"}, "船厂厂长。"}, "opinions", func(id string) error {
			return errors.Join(h.opinion(ctx, id, "tax", "匠税函"), h.opinion(ctx, id, "health", "匠卫函"))
		}},
		{nominee{"连清越", "JX-01", "front_line", []string{"front_line", "woman"}, "钢轨探伤工，十年探伤里程三万公里。"}, "first_review", nil},
		{nominee{"封百川", "JD-01", "front_line", []string{"front_line"}, "钳工，修复进口液压阀组四十余台。"}, "second_review", func(id string) error {
			return h.vote(ctx, h.Members[0], id, "for")
		}},
		{nominee{"狄晚秋", "JX-01", "front_line", []string{"woman"}, "票务员。"}, "recommend", func(id string) error {
			return h.take(ctx, h.Union, id, "recommend", "withdraw", map[string]any{"reason": "本人申请撤回"})
		}},
	} {
		id, err := h.bring(ctx, w.nominee, w.to)
		if err == nil && w.after != nil {
			err = w.after(id)
		}
		if err != nil && !errors.Is(err, errCalendar) {
			return fmt.Errorf("%s: %w", w.name, err)
		}
	}
	return nil
}

// TakeUp waits until a published result has proposed somebody, takes the first one
// up and lays the second aside. It gives up when ctx ends.
func TakeUp(ctx context.Context, h Honouring) error {
	var campaigns struct {
		Campaigns []struct{ ID, Sequence string } `json:"campaigns"`
	}
	var bodies struct {
		Bodies []struct{ ID, Code string } `json:"bodies"`
	}
	office := h.Office[0]
	if err := office.Do(ctx, http.MethodGet, "/api/v1/honours/campaigns", nil, &campaigns); err != nil {
		return err
	}
	if err := office.Do(ctx, http.MethodGet, "/api/v1/honours/bodies", nil, &bodies); err != nil {
		return err
	}
	list, err := h.proposed(ctx)
	if err != nil || len(list) < 2 {
		return err
	}
	campaign := slices.IndexFunc(campaigns.Campaigns, func(c struct{ ID, Sequence string }) bool { return c.Sequence == "medal" })
	body := slices.IndexFunc(bodies.Bodies, func(b struct{ ID, Code string }) bool { return b.Code == "JD-02" })
	if campaign < 0 || body < 0 {
		return errors.New("the demonstration has no campaign to take a winner into") //nolint:err113 // never compared
	}
	err = office.Do(ctx, http.MethodPost, "/api/v1/honours/proposals/"+list[0]+"/nomination", map[string]any{
		"campaign": campaigns.Campaigns[campaign].ID, "body": bodies.Bodies[body].ID,
		"content": map[string]any{"person_key": "", "category": "front_line", "traits": []string{"front_line"}},
	}, nil)
	var p *rehearsal.Problem
	if errors.As(err, &p) && p.Status == http.StatusUnprocessableEntity { // nobody knows the person: his union says who he is
		err = office.Do(ctx, http.MethodPost, "/api/v1/honours/proposals/"+list[0]+"/nomination", map[string]any{
			"campaign": campaigns.Campaigns[campaign].ID, "body": bodies.Bodies[body].ID,
			"content": map[string]any{"person_key": "demo-" + list[0], "category": "front_line", "traits": []string{"front_line"}},
		}, nil)
	}
	if err != nil {
		return err
	}
	return office.Do(ctx, http.MethodPost, "/api/v1/honours/proposals/"+list[1]+"/dismissal", map[string]any{"reason": "本人已获同级荣誉（演示）"}, nil)
}

// proposed waits for proposals and gives their ids.
func (h *Honouring) proposed(ctx context.Context) ([]string, error) {
	tick := time.NewTicker(2 * time.Second)
	defer tick.Stop()
	for {
		var got struct {
			Proposals []struct{ ID string } `json:"proposals"`
		}
		if err := h.Office[0].Do(ctx, http.MethodGet, "/api/v1/honours/proposals?state=proposed&limit=20", nil, &got); err != nil {
			return nil, err
		}
		if len(got.Proposals) > 0 {
			out := make([]string, len(got.Proposals))
			for i, p := range got.Proposals {
				out[i] = p.ID
			}
			return out, nil
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-tick.C:
		}
	}
}
