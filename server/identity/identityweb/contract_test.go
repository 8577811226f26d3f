package identityweb_test

import (
	"testing"

	"jiangtai/server/identity/identitytest"
)

func TestRoutesAreTheContract(t *testing.T) { newRig(t, "").site.Contract("identity") }

// Every route answers; each answer and the request that got it are in the contract.
func TestEveryRouteAnswers(t *testing.T) {
	r := newRig(t, "")
	link, err := r.desk.SetupLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	welding, cup := identitytest.Welding.String(), identitytest.Cup.String()
	bearer := ""
	ask := func(method, path, body string, status int) answer {
		t.Helper()
		a := r.ask(t, method, path, body, "Authorization", bearer)
		if a.status != status {
			t.Fatalf("%s %s: %d %s", method, path, a.status, a.body)
		}
		return a
	}
	ask("POST", "/first-administrator", `{"link":"`+link+`","user":"root","name":"管理员","password":"`+password+`"}`, 201)
	bearer = "Bearer " + ask("POST", "/sessions", `{"user":"root","password":"`+password+`"}`, 201).text(t, "token")
	ask("GET", "/sessions/current", "", 200)
	ask("GET", "/sessions", "", 200)
	made := ask("POST", "/accounts", `{"user":"zhang","name":"张","grants":[{"role":"chief_judge","contest":"`+cup+`","event":"`+welding+`"}]}`, 201)
	account, _ := made.json["account"].(map[string]any)
	id, _ := account["id"].(string)
	ask("PATCH", "/accounts/"+id, `{"name":"张三","disabled":null,"grants":[]}`, 200)
	ask("POST", "/accounts/"+id+"/password-reset", "", 200)
	ask("GET", "/accounts?q=zh&limit=5", "", 200)
	codes := ask("POST", "/events/"+welding+"/pairing-codes", `{}`, 201)
	list, _ := codes.json["codes"].([]any)
	first, _ := list[0].(map[string]any)
	ask("POST", "/sessions", `{"user":"root","password":"wrong"}`, 401)
	staff := bearer
	bearer = "Bearer " + ask("POST", "/pairings", `{"code":"`+first["code"].(string)+`","device_name":"A"}`, 201).text(t, "token")
	device := ask("GET", "/sessions/current", "", 200).text(t, "device")
	ask("PUT", "/devices/current", `{"pending":2}`, 204)
	bearer = staff
	ask("DELETE", "/devices/"+device, "", 204)
	ask("GET", "/events/"+welding+"/devices", "", 200)
	ask("GET", "/audit", "", 200)
	ask("PUT", "/accounts/current/password", `{"old":"`+password+`","new":"another horse 43"}`, 204)
	ask("DELETE", "/sessions/"+welding, "", 404)
	ask("DELETE", "/sessions/current", "", 204)
}
