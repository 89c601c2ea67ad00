// Holds manifests against what a cluster would take them by. Takes a list of objects on standard input, and the file
// with the CRDs of Gatekeeper's constraint framework as argument; prints for each object what is wrong with it, or for
// an object to be reviewed the messages of its violations.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/open-policy-agent/frameworks/constraint/pkg/client/reviews"
	"github.com/open-policy-agent/gatekeeper/v3/pkg/gator"
	"github.com/open-policy-agent/gatekeeper/v3/pkg/gator/reader"
	"github.com/open-policy-agent/gatekeeper/v3/pkg/target"
	"github.com/open-policy-agent/gatekeeper/v3/pkg/util"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

type answer struct {
	Kind     string   `json:"kind"`
	Problems []string `json:"problems"`
	Messages []string `json:"messages"`
}

type checker struct {
	schemas   *schemas
	client    gator.Client
	providers providers
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func run() error {
	var objects []map[string]interface{}
	if err := json.NewDecoder(os.Stdin).Decode(&objects); err != nil {
		return err
	}
	schemas, err := readSchemas(os.Args[1])
	if err != nil {
		return err
	}
	client, providers, err := newClient()
	if err != nil {
		return err
	}
	check := checker{schemas, client, providers}
	answers := make([]answer, len(objects))
	for i, object := range objects {
		answers[i] = check.object(&unstructured.Unstructured{Object: object})
	}
	return json.NewEncoder(os.Stdout).Encode(answers)
}

func (c *checker) object(object *unstructured.Unstructured) answer {
	found := answer{Kind: object.GetKind(), Problems: []string{}, Messages: []string{}}
	add := func(err error) {
		if err != nil {
			found.Problems = append(found.Problems, err.Error())
		}
	}
	switch group := object.GroupVersionKind().Group; {
	case reader.IsTemplate(object):
		found.Problems = append(found.Problems, c.schemas.problems(object)...)
		template, err := reader.ToTemplate(scheme, object)
		add(err)
		if err == nil {
			_, err = c.client.AddTemplate(context.Background(), template)
			add(err)
		}
	case reader.IsConstraint(object):
		_, err := c.client.AddConstraint(context.Background(), object)
		add(err)
	case group == "externaldata.gatekeeper.sh":
		found.Problems = append(found.Problems, c.schemas.problems(object)...)
		add(c.providers.add(object))
	case group == "admissionregistration.k8s.io":
		found.Problems = append(found.Problems, webhookProblems(object)...)
	default:
		messages, err := c.review(object)
		add(err)
		found.Messages = messages
	}
	return found
}

func (c *checker) review(object *unstructured.Unstructured) ([]string, error) {
	request := target.AugmentedUnstructured{Object: *object}
	responses, err := c.client.Review(context.Background(), request, reviews.EnforcementPoint(util.GatorEnforcementPoint))
	if err != nil {
		return nil, err
	}
	messages := []string{}
	for _, result := range responses.Results() {
		messages = append(messages, result.Msg)
	}
	return messages, nil
}
