package io.mainstay.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Every path of every domain: looks the endpoint up and hands the request to it. */
@Singleton
@Path("{path: .*}")
public class DomainResource {
    private final Routes routes;

    @Inject
    public DomainResource(Endpoints endpoints) {
        routes = endpoints.routes();
    }

    @GET
    public CompletionStage<Response> get(@Context UriInfo uri, @Context HttpHeaders headers) throws IOException {
        return handle("GET", uri, headers, InputStream.nullInputStream());
    }

    @POST
    public CompletionStage<Response> post(@Context UriInfo uri, @Context HttpHeaders headers, InputStream body)
            throws IOException {
        return handle("POST", uri, headers, body);
    }

    @PUT
    public CompletionStage<Response> put(@Context UriInfo uri, @Context HttpHeaders headers, InputStream body)
            throws IOException {
        return handle("PUT", uri, headers, body);
    }

    @PATCH
    public CompletionStage<Response> patch(@Context UriInfo uri, @Context HttpHeaders headers, InputStream body)
            throws IOException {
        return handle("PATCH", uri, headers, body);
    }

    @DELETE
    public CompletionStage<Response> delete(@Context UriInfo uri, @Context HttpHeaders headers) throws IOException {
        return handle("DELETE", uri, headers, InputStream.nullInputStream());
    }

    @OPTIONS
    public CompletionStage<Response> options(@Context UriInfo uri) {
        return CompletableFuture.completedFuture(
                Response.ok().header(HttpHeaders.ALLOW, match(uri).allow()).build());
    }

    private CompletionStage<Response> handle(String method, UriInfo uri, HttpHeaders headers, InputStream body)
            throws IOException {
        Routes.Match match = match(uri);
        Handler handler = match.handlers().get(method);
        if (handler == null) {
            throw new ProblemException(Problems.ofStatus(405).withHeader(HttpHeaders.ALLOW, match.allow()));
        }
        MediaType type = headers.getMediaType();
        if (!method.equals("GET") && type != null && !type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
            throw new ProblemException(Problems.ofStatus(415));
        }
        if (!acceptsJson(headers.getAcceptableMediaTypes())) {
            throw new ProblemException(Problems.ofStatus(406));
        }
        return handler.handle(new Exchange(match.fields(), uri.getQueryParameters(), headers, body))
                .thenApply(Reply::toResponse);
    }

    /** Hot: without a stream, because each request comes here. */
    private static boolean acceptsJson(List<MediaType> wanted) {
        for (MediaType type : wanted) {
            if (type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
                return true;
            }
        }
        return false;
    }

    private Routes.Match match(UriInfo uri) {
        Routes.Match match = routes.find(uri.getPathSegments());
        if (match == null) {
            throw new ProblemException(Problems.ofStatus(404));
        }
        return match;
    }
}
