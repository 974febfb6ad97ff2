// Command follow prints a line for each iteration of a run, until the run ends.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"

	"rewarddance/clients/go/gen/rewarddance"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("follow: ")
	endpoint := flag.String("endpoint", "127.0.0.1:7070", "the run's service, `host:port`")
	from := flag.Int("from", 0, "first `iteration`")
	flag.Parse()
	if err := follow(*endpoint, int32(*from), os.Stdout); err != nil {
		log.Fatalf("%s: %v", *endpoint, err)
	}
}

// follow writes the iterations that are done, then each one as it ends.
func follow(endpoint string, next int32, out io.Writer) error {
	connection, err := grpc.NewClient(endpoint, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return err
	}
	defer connection.Close()
	request := &rewarddance.FollowRunRequest{FromIteration: next}
	stream, err := rewarddance.NewRunServiceClient(connection).FollowRun(context.Background(), request)
	if err != nil {
		return broken(err, next)
	}
	for {
		event, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return broken(err, next)
		}
		if _, err := fmt.Fprintln(out, line(event)); err != nil {
			return err
		}
		next = event.Iteration + 1
	}
}

func broken(err error, next int32) error {
	s := status.Convert(err)
	return fmt.Errorf("%s: %s (to go on: -from %d)", s.Code(), s.Message(), next)
}

func line(event *rewarddance.IterationEvent) string {
	parts := []string{
		fmt.Sprintf("iteration %d", event.Iteration),
		fmt.Sprintf("policy %d", event.PolicyVersion),
		"P(yes) " + number("%.4f", event.Metrics, "p_yes"),
		"mass " + number("%.4f", event.Metrics, "yes_no_mass"),
		"judged " + number("%d", event.Counts, "judged") + "/" + number("%d", event.Counts, "rollouts"),
		number("%.1f", event.Seconds, "total") + " s",
	}
	for _, finding := range event.Findings {
		parts = append(parts, finding.Severity+" "+finding.Rule)
	}
	return strings.Join(parts, "  ")
}

// number is "-" for what is absent: it doesn't exist, and is not 0.
func number[T float64 | int64](format string, values map[string]T, name string) string {
	value, ok := values[name]
	if !ok {
		return "-"
	}
	return fmt.Sprintf(format, value)
}
