// Command score asks a judge on Triton whether an image satisfies a prompt, or does so better than a reference image.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"rewarddance/clients/go/gen/triton"
)

const deadline = 30 * time.Second

func main() {
	log.SetFlags(0)
	log.SetPrefix("score: ")
	endpoint := flag.String("endpoint", "127.0.0.1:8001", "Triton's gRPC `host:port`")
	model := flag.String("model", "shapes_judge", "the judge")
	prompt := flag.String("prompt", "", "what was asked for")
	instruction := flag.String("instruction", "", "what to judge by (default: the judge's own)")
	reference := flag.String("reference", "", "is the image better than the one in this `file`?")
	flag.Usage = func() {
		fmt.Fprintln(os.Stderr, "usage: score -prompt TEXT [options] FILE.png")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() != 1 || *prompt == "" {
		flag.Usage()
		os.Exit(2)
	}

	q := question{prompt: *prompt, instruction: *instruction}
	var err error
	if q.image, err = readImage(flag.Arg(0)); err != nil {
		log.Fatal(err)
	}
	if *reference != "" {
		if q.reference, err = readImage(*reference); err != nil {
			log.Fatal(err)
		}
	}
	a, err := askAt(*endpoint, *model, q)
	if err != nil {
		log.Fatalf("%s: %v", *endpoint, err)
	}
	fmt.Println(a)
}

func askAt(endpoint, model string, q question) (answer, error) {
	connection, err := grpc.NewClient(endpoint, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return answer{}, err
	}
	defer connection.Close()
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	defer cancel()
	return ask(ctx, triton.NewGRPCInferenceServiceClient(connection), model, q)
}
