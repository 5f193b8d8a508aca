package io.mainstay.api;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Makes a problem of everything that goes wrong in a resource or on the way to one. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
    @Override
    public Response toResponse(Throwable thrown) {
        Throwable failure = Failures.unwrap(thrown);
        if (failure instanceof ProblemException refused) {
            return refused.problem().reply().toResponse();
        }
        if (failure instanceof WebApplicationException known
                && known.getResponse().getStatus() < 500) {
            return known.getResponse().getStatus() < 400 ? known.getResponse() : ofContainer(known.getResponse());
        }
        return Incidents.report(failure).reply().toResponse();
    }

    private static Response ofContainer(Response response) {
        Problem problem = Problems.ofStatus(response.getStatus());
        String allow = response.getHeaderString(HttpHeaders.ALLOW);
        return (allow == null ? problem : problem.withHeader(HttpHeaders.ALLOW, allow))
                .reply()
                .toResponse();
    }
}
