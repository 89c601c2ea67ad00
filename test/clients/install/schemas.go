package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/yaml"
)

// schemas are those of the versions of CRDs, by apiVersion and kind.
type schemas struct {
	byKind map[string]*apiextensions.JSONSchemaProps
}

func readSchemas(path string) (*schemas, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	found := &schemas{map[string]*apiextensions.JSONSchemaProps{}}
	decoder := yaml.NewYAMLOrJSONDecoder(bytes.NewReader(content), 4096)
	for {
		crd := apiextensionsv1.CustomResourceDefinition{}
		if err := decoder.Decode(&crd); errors.Is(err, io.EOF) {
			return found, nil
		} else if err != nil {
			return nil, err
		}
		for _, version := range crd.Spec.Versions {
			schema := &apiextensions.JSONSchemaProps{}
			if err := apiextensionsv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(version.Schema.OpenAPIV3Schema, schema, nil); err != nil {
				return nil, err
			}
			found.byKind[fmt.Sprintf("%s/%s %s", crd.Spec.Group, version.Name, crd.Spec.Names.Kind)] = schema
		}
	}
}

// problems are what does not fit the schema, and the fields that the API server would take away.
func (s *schemas) problems(object *unstructured.Unstructured) []string {
	name := object.GetAPIVersion() + " " + object.GetKind()
	schema, known := s.byKind[name]
	if !known {
		return []string{"there is no CRD of " + name}
	}
	validator, _, err := validation.NewSchemaValidator(schema)
	if err != nil {
		return []string{err.Error()}
	}
	problems := []string{}
	for _, each := range validation.ValidateCustomResource(nil, object.Object, validator) {
		problems = append(problems, each.Error())
	}
	structural, err := structuralschema.NewStructural(schema)
	if err != nil {
		return append(problems, err.Error())
	}
	options := structuralschema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true}
	for _, path := range pruning.PruneWithOptions(object.DeepCopy().Object, structural, true, options) {
		problems = append(problems, "unknown field "+path)
	}
	return problems
}
