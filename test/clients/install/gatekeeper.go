package main

import (
	"github.com/open-policy-agent/frameworks/constraint/pkg/apis"
	"github.com/open-policy-agent/frameworks/constraint/pkg/apis/externaldata/unversioned"
	constraintclient "github.com/open-policy-agent/frameworks/constraint/pkg/client"
	"github.com/open-policy-agent/frameworks/constraint/pkg/client/drivers/rego"
	"github.com/open-policy-agent/frameworks/constraint/pkg/externaldata"
	"github.com/open-policy-agent/gatekeeper/v3/pkg/gator"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
)

var scheme = runtime.NewScheme()

func init() {
	if err := apis.AddToScheme(scheme); err != nil {
		panic(err)
	}
}

type providers struct {
	cache *externaldata.ProviderCache
}

// newClient is what Gatekeeper judges by, external data included, which gator leaves out.
func newClient() (gator.Client, providers, error) {
	cache := externaldata.NewCache()
	client, err := gator.NewOPAClient(false, func() ([]constraintclient.Opt, []rego.Arg, error) {
		return nil, []rego.Arg{rego.AddExternalDataProviderCache(cache), rego.DisableBuiltins("http.send")}, nil
	})
	return client, providers{cache}, err
}

func (p providers) add(object *unstructured.Unstructured) error {
	provider := &unversioned.Provider{}
	if err := runtime.DefaultUnstructuredConverter.FromUnstructuredWithValidation(object.Object, provider, true); err != nil {
		return err
	}
	return p.cache.Upsert(provider)
}
