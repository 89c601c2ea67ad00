/**
 * The Rego of the ConstraintTemplate, in v0 as every Gatekeeper reads it. An image is let in only where the
 * provider said `allowed: true` of that very key, so that no answer, an empty one, an error, or one about something
 * else all deny. Gatekeeper's errors hold the address of the provider, of which a token is part: nobody is shown it.
 * Source: the shapes of frameworks, `constraint/pkg/externaldata`.
 */
export const imagesRego = `package pratiqueimages

pod_specs[spec] { spec := input.review.object.spec }
pod_specs[spec] { spec := input.review.object.spec.template.spec }
pod_specs[spec] { spec := input.review.object.spec.jobTemplate.spec.template.spec }
pod_specs[spec] { spec := input.review.object.template.spec }

container_lists := {"containers", "initContainers", "ephemeralContainers"}

images[image] { image := pod_specs[_][container_lists[_]][_].image }
images[image] { image := pod_specs[_].volumes[_].image.reference }

answer := external_data({"provider": input.parameters.provider, "keys": [image | images[image]]})

allowed[image] {
  item := answer.responses[_]
  item[1].allowed == true
  image := item[0]
}

is_deleted { input.review.operation == "DELETE" }

violation[{"msg": msg}] {
  not is_deleted
  images[image]
  not allowed[image]
  msg := sprintf("%v: %v", [image, reason(image)])
}

reason(image) = message {
  item := answer.responses[_]
  item[0] == image
  message := item[1].message
} else = message {
  item := answer.errors[_]
  item[0] == image
  message := item[1]
} else = message {
  answer.system_error != ""
  message := regex.replace(answer.system_error, \`https?://[^"[:space:]]*\`, "the provider")
} else = "the provider gave no verdict"
`;
