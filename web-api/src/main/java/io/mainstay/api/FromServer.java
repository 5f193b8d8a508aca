package io.mainstay.api;

import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Something that the server or another module lends to the API. */
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@interface FromServer {}
