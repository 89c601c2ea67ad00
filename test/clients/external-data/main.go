// Asks a provider as Gatekeeper does, with Gatekeeper's own client. Takes {"spec": Provider's spec, "keys": […]} on
// standard input, and prints what the client made of the answer.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/open-policy-agent/frameworks/constraint/pkg/apis/externaldata/unversioned"
	"github.com/open-policy-agent/frameworks/constraint/pkg/externaldata"
)

type question struct {
	Spec unversioned.ProviderSpec `json:"spec"`
	Keys []string                 `json:"keys"`
}

type answer struct {
	Status   int                            `json:"status"`
	Response *externaldata.ProviderResponse `json:"response,omitempty"`
	Error    string                         `json:"error,omitempty"`
}

func main() {
	var questions []question
	if err := json.NewDecoder(os.Stdin).Decode(&questions); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	answers := make([]answer, len(questions))
	for i, q := range questions {
		provider := &unversioned.Provider{Spec: q.Spec}
		provider.Name = fmt.Sprintf("provider-%d", i)
		response, status, err := externaldata.DefaultSendRequestToProvider(context.Background(), provider, q.Keys, nil)
		answers[i] = answer{Status: status, Response: response}
		if err != nil {
			answers[i].Error = err.Error()
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}
