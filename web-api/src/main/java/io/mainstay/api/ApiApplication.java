package io.mainstay.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Version 1 of the HTTP API. */
@ApplicationPath("/v1")
public class ApiApplication extends Application {}
