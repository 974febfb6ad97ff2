package main

import (
	"net"
	"strings"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"rewarddance/clients/go/gen/rewarddance"
)

// runs is a service of this process with two iterations, then an error or the end; scripts/test-clients follows a real run.
type runs struct {
	rewarddance.UnimplementedRunServiceServer
	end error
}

func (r *runs) FollowRun(request *rewarddance.FollowRunRequest, stream grpc.ServerStreamingServer[rewarddance.IterationEvent]) error {
	for iteration := request.FromIteration; iteration < 2; iteration++ {
		if err := stream.Send(event(iteration)); err != nil {
			return err
		}
	}
	return r.end
}

func event(iteration int32) *rewarddance.IterationEvent {
	return &rewarddance.IterationEvent{
		Iteration:     iteration,
		PolicyVersion: int64(iteration) + 2,
		Metrics:       map[string]float64{"p_yes": 0.25, "yes_no_mass": 0.99996},
		Counts:        map[string]int64{"judged": 5, "rollouts": 6},
		Seconds:       map[string]float64{"total": 1.26},
	}
}

func serve(t *testing.T, service *runs) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := grpc.NewServer()
	rewarddance.RegisterRunServiceServer(server, service)
	go server.Serve(listener)
	t.Cleanup(server.Stop)
	return listener.Addr().String()
}

func TestALineForEachIterationUntilTheRunEnds(t *testing.T) {
	var out strings.Builder
	if err := follow(serve(t, &runs{}), 0, &out); err != nil {
		t.Fatal(err)
	}
	expected := "iteration 0  policy 2  P(yes) 0.2500  mass 1.0000  judged 5/6  1.3 s\n" +
		"iteration 1  policy 3  P(yes) 0.2500  mass 1.0000  judged 5/6  1.3 s\n"
	if out.String() != expected {
		t.Errorf("%q (expected: %q)", out.String(), expected)
	}
}

func TestItBeginsWhereItIsTold(t *testing.T) {
	var out strings.Builder
	if err := follow(serve(t, &runs{}), 1, &out); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(out.String(), "iteration 1 ") {
		t.Errorf("%q (expected: iteration 1 first)", out.String())
	}
}

func TestABrokenStreamSaysWhereToGoOn(t *testing.T) {
	endpoint := serve(t, &runs{end: status.Error(codes.Unavailable, "the driver was killed")})
	err := follow(endpoint, 0, &strings.Builder{})
	expected := "Unavailable: the driver was killed (to go on: -from 2)"
	if err == nil || err.Error() != expected {
		t.Errorf("%v (expected: %s)", err, expected)
	}
}

func TestWhatDoesNotExistIsNotZero(t *testing.T) {
	got := line(&rewarddance.IterationEvent{})
	if expected := "iteration 0  policy 0  P(yes) -  mass -  judged -/-  - s"; got != expected {
		t.Errorf("%q (expected: %q)", got, expected)
	}
}

func TestFindingsEndTheLine(t *testing.T) {
	found := event(7)
	found.Findings = []*rewarddance.Finding{{Severity: "WARN", Rule: "reward-variance-collapse"}}
	if got := line(found); !strings.HasSuffix(got, "  WARN reward-variance-collapse") {
		t.Errorf("%q (expected: the finding at its end)", got)
	}
}
