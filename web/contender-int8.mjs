// The same contender on the benchmark's 8-bit files.
import {contender} from './contender.mjs';

export const name = 'lens-int8';
export const {load, run} = contender('.int8.tflite', 'int8');
