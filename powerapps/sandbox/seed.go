package sandbox

import (
	"fmt"
	"time"
)

// beginning is when everything was made that was there before anybody came.
var beginning = time.Date(2024, time.March, 1, 9, 0, 0, 0, time.UTC)

// builtin returns some of the connectors that come with the service. They fill the first page of a list.
func builtin() []*api {
	var out []*api
	for _, c := range []struct{ id, title string }{
		{"shared_approvals", "Approvals"}, {"shared_azureblob", "Azure Blob Storage"}, {"shared_bingmaps", "Bing Maps"},
		{"shared_commondataserviceforapps", "Microsoft Dataverse"}, {"shared_excelonlinebusiness", "Excel Online (Business)"},
		{"shared_office365", "Office 365 Outlook"}, {"shared_office365users", "Office 365 Users"}, {"shared_onedriveforbusiness", "OneDrive for Business"},
		{"shared_planner", "Planner"}, {"shared_rss", "RSS"}, {"shared_sharepointonline", "SharePoint"}, {"shared_sql", "SQL Server"},
		{"shared_teams", "Microsoft Teams"},
	} {
		out = append(out, &api{
			id: c.id, created: beginning, changed: beginning, icon: defaultIcon(),
			properties: object{}.withValue("displayName", c.title).withValue("iconBrandColor", "#007ee5").withValue("publisher", "Microsoft"),
		})
	}
	return out
}

// seeds returns the custom connectors that the default environment has from the beginning: two of the same title and
// author, and one of which nobody knows who made it.
func seeds() []*api {
	ada := &author{ID: "99999999-dddd-4eee-8fff-aaaaaaaaaaaa", DisplayName: "Ada Lovelace", Type: "User", TenantID: homeTenant}
	return []*api{
		seed("shared_orders-5f1f0e6a5c2b9d4783-5f0123456789abcdef", "Orders", ada),
		seed("shared_orders-5f1f0e6a5c2b9d4783-5ffedcba9876543210", "Orders", ada),
		seed("shared_weather-5f1f0e6a5c2b9d4783-5f00112233445566aa", "Weather", nil),
	}
}

func seed(id, title string, by *author) *api {
	environment := Environments[0].Name
	properties, _ := parseObject(fmt.Sprintf(`{"connectionParameters":{},"iconBrandColor":"#da3b01","capabilities":[],`+
		`"policyTemplateInstances":[],"backendService":{"serviceUrl":"https://api.contoso.com/v1"},"environment":{"name":%q},`+
		`"displayName":%q,"description":%q,"iconUri":""}`, environment, title, title+" of Contoso, on the way to be tried out."))
	return &api{
		id: id, environment: environment, author: by, created: beginning, changed: beginning, icon: defaultIcon(), properties: properties,
		definition: fmt.Appendf(nil, `{
  "swagger": "2.0",
  "info": {
    "title": %q,
    "description": %q,
    "version": "1.0"
  },
  "host": "api.contoso.com",
  "basePath": "/v1",
  "schemes": ["https"],
  "paths": {
    "/status": {
      "get": {
        "summary": "Get the status",
        "description": "Says whether the service is well.",
        "operationId": "GetStatus",
        "responses": {
          "200": {
            "description": "The status.",
            "schema": {
              "type": "object",
              "properties": {
                "well": { "type": "boolean", "description": "Whether the service is well." }
              }
            }
          }
        }
      }
    }
  }
}`, title, title+" of Contoso, on the way to be tried out."),
	}
}
