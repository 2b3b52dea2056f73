package dev.hansa.server.http;

import dev.hansa.server.api.SurveyView;
import dev.hansa.server.run.Surveys;
import dev.hansa.server.trust.Right;
import dev.hansa.wire.Endpoints;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;

/** How operators ask nodes for statistics. */
final class SurveyEndpoints {
    private final PersonGate gate;
    private final Surveys surveys;
    private final Bodies bodies;

    SurveyEndpoints(PersonGate gate, Surveys surveys, Bodies bodies) {
        this.gate = gate;
        this.surveys = surveys;
        this.bodies = bodies;
    }

    void addTo(RoutesConfig routes) {
        routes.post(Endpoints.SURVEYS, gate.act(Right.RUN, "survey.submit", this::submit));
        routes.get(Endpoints.SURVEY, gate.call(Right.SEE, request -> Answers.json(request, 200,
                surveys.await(request.pathParam("id"), Arguments.waiting(request)))));
    }

    private void submit(Context request) throws IOException {
        SurveyView survey;
        try (Bodies.Body body = bodies.read(request)) {
            survey = surveys.submit(RunEndpoints.text(body.bytes()), "statistics.yaml",
                    RunEndpoints.signature(request), RunEndpoints.key(request));
        }
        gate.note(request, "survey.submitted", survey.id(), "");
        request.header("Location", Endpoints.at(Endpoints.SURVEY, survey.id()));
        Answers.json(request, 201, survey);
    }
}
