package main

import (
	"bytes"
	"encoding/json"
	"net/url"

	admissionv1 "k8s.io/api/admissionregistration/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apiserver/pkg/admission/plugin/cel"
	"k8s.io/apiserver/pkg/admission/plugin/webhook/matchconditions"
	"k8s.io/apiserver/pkg/cel/environment"
)

type webhook struct {
	name       string
	config     admissionv1.WebhookClientConfig
	selector   *metav1.LabelSelector
	conditions []admissionv1.MatchCondition
}

func webhookProblems(object *unstructured.Unstructured) []string {
	webhooks, err := webhooksOf(object)
	if err != nil {
		return []string{err.Error()}
	}
	problems := []string{}
	for _, each := range webhooks {
		problems = append(problems, each.problems()...)
	}
	return problems
}

func webhooksOf(object *unstructured.Unstructured) ([]webhook, error) {
	found := []webhook{}
	if object.GetKind() == "MutatingWebhookConfiguration" {
		configuration := admissionv1.MutatingWebhookConfiguration{}
		err := decodeStrictly(object, &configuration)
		for _, each := range configuration.Webhooks {
			found = append(found, webhook{each.Name, each.ClientConfig, each.NamespaceSelector, each.MatchConditions})
		}
		return found, err
	}
	configuration := admissionv1.ValidatingWebhookConfiguration{}
	err := decodeStrictly(object, &configuration)
	for _, each := range configuration.Webhooks {
		found = append(found, webhook{each.Name, each.ClientConfig, each.NamespaceSelector, each.MatchConditions})
	}
	return found, err
}

func decodeStrictly(object *unstructured.Unstructured, into interface{}) error {
	text, err := json.Marshal(object.Object)
	if err != nil {
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}

// problems follow the API server's rules of names, addresses, selectors and match conditions.
func (w webhook) problems() []string {
	problems := validation.IsFullyQualifiedName(nil, w.name).ToAggregate()
	found := []string{}
	if problems != nil {
		found = append(found, problems.Error())
	}
	if _, err := metav1.LabelSelectorAsSelector(w.selector); err != nil {
		found = append(found, err.Error())
	}
	address, err := url.Parse(*w.config.URL)
	if err != nil || address.Scheme != "https" || address.User != nil || address.RawQuery != "" || address.Fragment != "" {
		found = append(found, "the address "+*w.config.URL)
	}
	compiler := cel.NewCompiler(environment.MustBaseEnvSet(environment.DefaultCompatibilityVersion()))
	for _, each := range w.conditions {
		condition := matchconditions.MatchCondition(each)
		variables := cel.OptionalVariableDeclarations{HasAuthorizer: true}
		compiled := compiler.CompileCELExpression(&condition, variables, environment.NewExpressions)
		if compiled.Error != nil {
			found = append(found, each.Name+": "+compiled.Error.Error())
		}
		found = append(found, validation.IsQualifiedName(each.Name)...)
	}
	return found
}
